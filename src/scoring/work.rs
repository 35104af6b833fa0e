//! The work of a run: what there is to judge, and how what was judged earlier is known again.

use std::collections::HashMap;

use super::{Row, row::travelling, verdicts::Candidate};
use crate::{
    answer::{Answer, Form},
    candidates::Sample,
    dataset::Dataset,
};

/// The candidates of a run, by what there is to do: equal answers to a task are one job.
pub(super) struct Work<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) samples: &'a [&'a Sample],
    /// The jobs, in the order of the input.
    pub(super) jobs: Vec<Job>,
}

/// An answer to judge.
pub(super) struct Job {
    /// The answer's samples, by their position in the input.
    pub(super) samples: Vec<usize>,
    /// The digest of the answer.
    digest: String,
}

impl<'a> Work<'a> {
    pub(super) fn new(dataset: &'a Dataset, samples: &'a [&'a Sample]) -> Self {
        let mut jobs: Vec<Job> = Vec::new();
        let mut seen: HashMap<(usize, &Answer, bool), usize> = HashMap::new();
        for (index, sample) in samples.iter().enumerate() {
            let key = (sample.task, &sample.answer, sample.damage.is_some());
            let job = *seen.entry(key).or_insert_with(|| {
                jobs.push(Job { samples: Vec::new(), digest: digest(sample) });
                jobs.len() - 1
            });
            jobs[job].samples.push(index);
        }
        Self { dataset, samples, jobs }
    }

    /// The first sample of a job, which is judged for all of them.
    pub(super) fn first(&self, job: usize) -> &'a Sample {
        self.samples[self.jobs[job].samples[0]]
    }

    /// The row of a job as the journal has it: that of its first sample, which says what others it stands for.
    pub(super) fn journalled(&self, job: usize, row: Row) -> Row {
        let of = |index: &usize| self.samples[*index].index;
        let Job { samples, digest } = &self.jobs[job];
        Row {
            sample: of(&samples[0]),
            same: samples[1..].iter().map(of).collect(),
            program_digest: Some(digest.clone()),
            fields: None,
            ..row
        }
    }

    /// The jobs, as rows of earlier runs find them.
    pub(super) fn known(&self) -> Known<'_> {
        let task = |job: usize| self.dataset.tasks[self.first(job).task].id.as_str();
        let by_program =
            self.jobs.iter().enumerate().map(|(job, one)| ((task(job), one.digest.as_str()), job)).collect();
        let place = |(job, index): (usize, &usize)| ((task(job), self.samples[*index].index), job);
        let samples =
            self.jobs.iter().enumerate().flat_map(|(job, one)| one.samples.iter().map(move |index| (job, index)));
        Known { by_program, by_place: samples.map(place).collect() }
    }

    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut jobs = vec![0; self.samples.len()];
        for (job, one) in self.jobs.iter().enumerate() {
            for &index in &one.samples {
                jobs[index] = job;
            }
        }
        let candidate = |(sample, job): (&&Sample, usize)| Candidate {
            job,
            task_id: self.dataset.tasks[sample.task].id.clone(),
            sample: sample.index,
            fields: travelling(sample.row.as_ref()),
        };
        self.samples.iter().zip(jobs).map(candidate).collect()
    }
}

/// The digest of a candidate's answer.
fn digest(sample: &Sample) -> String {
    let mut hasher = blake3::Hasher::new();
    // Fixed lengths first, so that no text can stand for another's form or damage.
    hasher.update(&[u8::from(sample.answer.form == Form::Completion), u8::from(sample.damage.is_some())]);
    hasher.update(sample.answer.text.as_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Jobs by what rows say of themselves.
pub(super) struct Known<'a> {
    by_program: HashMap<(&'a str, &'a str), usize>,
    by_place: HashMap<(&'a str, usize), usize>,
}

impl Known<'_> {
    /// The job that a row is of. Rows without a digest, as earlier versions wrote them, are known by their place among the same samples.
    pub(super) fn job(&self, row: &Row, same_samples: bool) -> Option<usize> {
        match &row.program_digest {
            Some(digest) => self.by_program.get(&(row.task_id.as_str(), digest.as_str())).copied(),
            None if same_samples => self.by_place.get(&(row.task_id.as_str(), row.sample)).copied(),
            None => None,
        }
    }
}
