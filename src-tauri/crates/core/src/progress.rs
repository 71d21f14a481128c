//! How far a long task is, and the wish to stop it.
//!
//! Owns the words between who works and who waits. It leaves out threads and windows: whoever calls the core
//! brings an implementation along, as with the clock.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Who is told how far a task is.
pub trait Progress {
    /// `done` of `total` steps are done. Replies whether to go on; if not, everything is taken back.
    fn tell(&self, done: u64, total: u64) -> bool;
}

impl<F: Fn(u64, u64) -> bool> Progress for F {
    fn tell(&self, done: u64, total: u64) -> bool {
        self(done, total)
    }
}

/// Nobody waits, and nobody stops it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn tell(&self, _: u64, _: u64) -> bool {
        true
    }
}

/// Steps after which somebody is told again.
const STRIDE: u64 = 64;

/// A part of a larger task: its steps fill the rest behind what was done before.
pub struct Rest<'a> {
    progress: &'a dyn Progress,
    from: u64,
    total: u64,
}

impl<'a> Rest<'a> {
    /// What is left of `total` steps behind `from`; with a total of 0 the part is the whole.
    pub fn new(progress: &'a dyn Progress, from: u64, total: u64) -> Self {
        Self {
            progress,
            from,
            total,
        }
    }

    /// Nobody is told.
    #[must_use]
    pub fn silent() -> Rest<'static> {
        Rest::new(&Silent, 0, 0)
    }

    /// Tells now and then, and at the end.
    ///
    /// # Errors
    /// [`Error::Cancelled`](crate::Error::Cancelled) if the task is to stop.
    pub fn step(&self, done: u64, of: u64) -> crate::Result<()> {
        if !done.is_multiple_of(STRIDE) && done != of {
            return Ok(());
        }
        let (done, total) = match self.total {
            0 => (done, of),
            total => {
                let share = total.saturating_sub(self.from).saturating_mul(done) / of.max(1);
                (self.from + share, total)
            }
        };
        if self.progress.tell(done, total) {
            Ok(())
        } else {
            Err(crate::Error::Cancelled)
        }
    }
}

/// Tasks that run, by the id that their caller gave them, so that another call can stop them.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<String, Arc<AtomicBool>>>);

impl Jobs {
    /// A task begins.
    pub fn begin(&self, id: &str) -> Job<'_> {
        let stop = Arc::new(AtomicBool::new(false));
        self.running().insert(id.to_owned(), Arc::clone(&stop));
        Job {
            jobs: self,
            id: id.to_owned(),
            stop,
            told: AtomicU64::new(u64::MAX),
        }
    }

    /// Asks a task to stop; false if none of this id runs.
    pub fn cancel(&self, id: &str) -> bool {
        match self.running().get(id) {
            Some(stop) => {
                stop.store(true, Ordering::Relaxed);
                true
            }
            None => false,
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<AtomicBool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A task that runs; it is over when this is dropped.
#[derive(Debug)]
pub struct Job<'a> {
    jobs: &'a Jobs,
    id: String,
    stop: Arc<AtomicBool>,
    told: AtomicU64,
}

impl Job<'_> {
    /// The id that its caller gave it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Hears how far the task is, passes each whole percent on to `tell` once, and replies whether to go on.
    pub fn hear(&self, done: u64, total: u64, tell: impl FnOnce()) -> bool {
        let percent = done.saturating_mul(100) / total.max(1);
        if self.told.swap(percent, Ordering::Relaxed) != percent {
            tell();
        }
        !self.stop.load(Ordering::Relaxed)
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        let mut running = self.jobs.running();
        // The same id may run again by now.
        if running
            .get(&self.id)
            .is_some_and(|stop| Arc::ptr_eq(stop, &self.stop))
        {
            running.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn a_part_fills_the_rest_of_the_whole() {
        let heard = RefCell::new(Vec::new());
        let listen = |done, total| {
            heard.borrow_mut().push((done, total));
            true
        };
        let rest = Rest::new(&listen, 100, 200);
        for done in 0..=128 {
            rest.step(done, 128).expect("nobody stops it");
        }
        assert_eq!(*heard.borrow(), [(100, 200), (150, 200), (200, 200)]);
    }

    #[test]
    fn a_job_can_be_stopped_while_it_runs_and_each_percent_is_told_once() {
        let jobs = Jobs::default();
        assert!(!jobs.cancel("a"));
        let job = jobs.begin("a");
        let told = RefCell::new(0);
        for done in 0..1_000 {
            assert!(job.hear(done, 1_000, || *told.borrow_mut() += 1));
        }
        assert_eq!(*told.borrow(), 100);
        assert!(jobs.cancel("a"));
        assert!(!job.hear(1_000, 1_000, || ()));
        drop(job);
        assert!(!jobs.cancel("a"));
    }
}
