//! Progress: bars on a terminal, one line a step elsewhere; always on standard error.

use std::{
    io::IsTerminal,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

use super::print;
use crate::scoring::Event;

/// A step of unknown length.
pub(super) struct Spinner(Option<ProgressBar>);

impl Spinner {
    pub(super) fn start(message: &str) -> Self {
        if !std::io::stderr().is_terminal() {
            print::note(message);
            return Self(None);
        }
        let bar = ProgressBar::new_spinner().with_message(message.to_owned());
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(Some(bar))
    }

    pub(super) fn finish(self, message: &str) {
        if let Some(bar) = self.0 {
            bar.finish_and_clear();
        }
        print::note(message);
    }
}

/// Shows how an evaluation goes.
pub(super) struct Progress {
    terminal: bool,
    bar: Option<(&'static str, ProgressBar)>,
    spoken: Instant,
}

/// How often a line is printed where there is no terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(30);

impl Progress {
    pub(super) fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), bar: None, spoken: Instant::now() }
    }

    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Preparing(done, total) => self.step("preparing tasks", *done, *total, 0),
            Event::Judging { done, resumed, total } => self.step("judging programs", *done, *total, *resumed),
            Event::BadReference(task, why) => self.note(&format!("note: the reference of {task} does not pass: {why}")),
            Event::Fault(what) => self.note(&format!("fault: {what}")),
        }
    }

    pub(super) fn note(&self, text: &str) {
        match &self.bar {
            Some((_, bar)) => bar.suspend(|| print::note(text)),
            None => print::note(text),
        }
    }

    pub(super) fn step(&mut self, what: &'static str, done: usize, total: usize, resumed: usize) {
        self.step_with(what, done, total, resumed, "");
    }

    /// With a word on how it goes.
    pub(super) fn step_with(&mut self, what: &'static str, done: usize, total: usize, resumed: usize, how: &str) {
        if total == 0 {
            return;
        }
        if self.terminal {
            let stale = self.bar.as_ref().is_none_or(|(shown, _)| *shown != what);
            if stale {
                self.clear();
                let bar = ProgressBar::new(total as u64);
                let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} eta {eta}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                bar.set_message(what);
                self.bar = Some((what, bar));
            }
            if let Some((_, bar)) = &self.bar {
                if !how.is_empty() {
                    bar.set_message(format!("{what}, {how}"));
                }
                bar.set_position(done as u64);
            }
        } else if done == resumed || self.spoken.elapsed() >= LINE_INTERVAL {
            self.spoken = Instant::now();
            let resumed = if resumed > 0 { format!(" ({resumed} from the run folder)") } else { String::new() };
            let how = if how.is_empty() { String::new() } else { format!(", {how}") };
            print::note(format_args!("{what}: {done} of {total}{resumed}{how}"));
        }
    }

    /// How far a download is: a bar on a terminal, nothing elsewhere.
    #[cfg(feature = "fetch")]
    pub(super) fn bytes(&mut self, what: &'static str, done: u64, total: Option<u64>) {
        if !self.terminal {
            return;
        }
        if self.bar.as_ref().is_none_or(|(shown, _)| *shown != what) {
            self.clear();
            let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
            let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what);
            self.bar = Some((what, bar));
        }
        if let Some((_, bar)) = &self.bar {
            bar.set_position(done);
        }
    }

    pub(super) fn clear(&mut self) {
        if let Some((_, bar)) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
