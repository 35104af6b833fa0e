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
    bar: Option<(String, ProgressBar)>,
    spoken: Instant,
    /// The step that lines were printed of, when it began, and how much of it was done then.
    began: (&'static str, Instant, usize),
}

/// The time between two lines where there is no terminal.
const LINE_INTERVAL: Duration = Duration::from_secs(30);

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            bar: None,
            spoken: Instant::now(),
            began: ("", Instant::now(), 0),
        }
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

    /// Shows a step, with a word on how it goes.
    pub(super) fn step_with(&mut self, what: &'static str, done: usize, total: usize, resumed: usize, how: &str) {
        if total == 0 {
            return;
        }
        if self.terminal {
            let stale = self.bar.as_ref().is_none_or(|(shown, _)| shown != what);
            if stale {
                self.clear();
                let bar = ProgressBar::new(total as u64);
                let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} eta {eta}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                bar.set_message(what.to_owned());
                self.bar = Some((what.to_owned(), bar));
            }
            if let Some((_, bar)) = &self.bar {
                if !how.is_empty() {
                    bar.set_message(format!("{what}, {how}"));
                }
                bar.set_position(done as u64);
            }
        } else if done == resumed || self.spoken.elapsed() >= LINE_INTERVAL {
            self.spoken = Instant::now();
            if self.began.0 != what || done <= self.began.2 {
                self.began = (what, self.spoken, done);
            }
            let pace = pace(done - self.began.2, total - done.min(total), self.began.1.elapsed());
            let resumed = if resumed > 0 { format!(" ({resumed} from the run folder)") } else { String::new() };
            let how = if how.is_empty() { String::new() } else { format!(", {how}") };
            print::note(format_args!("{what}: {done} of {total}{resumed}{pace}{how}"));
        }
    }

    /// Shows how far a download is: a bar on a terminal, nothing elsewhere.
    #[cfg(feature = "fetch")]
    pub(super) fn bytes(&mut self, what: &str, done: u64, total: Option<u64>) {
        if !self.terminal {
            return;
        }
        if self.bar.as_ref().is_none_or(|(shown, _)| shown != what) {
            self.clear();
            let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
            let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what.to_owned());
            self.bar = Some((what.to_owned(), bar));
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

/// Returns a step's rate and the time that it still takes, in words; nothing before anything was done.
fn pace(done: usize, left: usize, took: Duration) -> String {
    if done == 0 || took.is_zero() {
        return String::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let (rate, left) = (done as f64 / took.as_secs_f64(), left as f64);
    let seconds = left / rate;
    let left = match seconds {
        ..90.0 => format!("{seconds:.0} s"),
        90.0..5400.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    };
    let rate = if rate < 1.0 { format!("{:.1} a minute", rate * 60.0) } else { format!("{rate:.1} a second") };
    format!(", {rate}, {left} left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_is_told_in_fitting_units() {
        assert_eq!(pace(0, 10, Duration::from_secs(1)), "");
        assert_eq!(pace(30, 60, Duration::from_secs(10)), ", 3.0 a second, 20 s left");
        assert_eq!(pace(5, 100, Duration::from_mins(1)), ", 5.0 a minute, 20 min left");
        assert_eq!(pace(1, 100, Duration::from_mins(2)), ", 0.5 a minute, 3.3 h left");
    }
}
