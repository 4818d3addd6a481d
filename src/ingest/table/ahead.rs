//! Chunks of a long file parsed ahead by several threads, handed out in their order.
//!
//! Which thread reads a chunk decides nothing: chunks go round, results are taken in the same turn, and a parser is
//! copied only once nothing that an earlier line decides is left open. So rows are the same on any number of threads.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::parser::RowParser;
use crate::ingest::rows::Rows;

/// Beyond so many threads the one that cuts chunks and orders samples is the slower.
const MOST_THREADS: usize = 4;
/// Chunks that wait for each thread: enough that none is ever idle, few enough to stay in the caches.
const WAITING: usize = 2;

/// A chunk on its way, and the rows it becomes. Buffers go round with it.
#[derive(Debug, Default)]
pub(super) struct Job {
    pub chunk: Vec<u8>,
    pub rows: Rows,
}

struct Lane {
    jobs: SyncSender<Job>,
    results: Receiver<Job>,
}

/// Threads that parse.
pub(super) struct Ahead {
    lanes: Vec<Lane>,
    /// Jobs given and taken so far.
    given: usize,
    taken: usize,
    spare: Vec<Job>,
}

impl Ahead {
    /// As many threads as there are cores, each with a copy of the parser; `None` where there is one core, or where the
    /// system gives no thread.
    pub(super) fn start(parser: &RowParser) -> Option<Self> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        if cores < 2 {
            return None;
        }
        let lanes: Vec<Lane> = (0..cores.min(MOST_THREADS))
            .map_while(|_| lane(parser.clone()))
            .collect();
        (!lanes.is_empty()).then_some(Self {
            lanes,
            given: 0,
            taken: 0,
            spare: Vec::new(),
        })
    }

    /// Whether another chunk may be given before a result is taken.
    pub(super) fn has_room(&self) -> bool {
        self.given - self.taken < self.lanes.len() * WAITING
    }

    /// Whether results are still to come.
    pub(super) fn is_busy(&self) -> bool {
        self.taken < self.given
    }

    /// An empty job to be filled, with the buffers of an earlier one.
    pub(super) fn spare(&mut self) -> Job {
        self.spare.pop().unwrap_or_default()
    }

    /// Takes back a job whose rows have been used.
    pub(super) fn put_back(&mut self, job: Job) {
        self.spare.push(job);
    }

    /// Gives a chunk to the thread whose turn it is.
    ///
    /// # Panics
    /// When that thread panicked.
    pub(super) fn give(&mut self, job: Job) {
        let lane = &self.lanes[self.given % self.lanes.len()];
        lane.jobs.send(job).expect("a thread that parses lives");
        self.given += 1;
    }

    /// The rows of the oldest chunk, waited for.
    ///
    /// # Panics
    /// When its thread panicked.
    pub(super) fn take(&mut self) -> Job {
        let lane = &self.lanes[self.taken % self.lanes.len()];
        let job = lane.results.recv().expect("a thread that parses lives");
        self.taken += 1;
        job
    }
}

/// A thread that parses until nobody gives it chunks any more.
fn lane(mut parser: RowParser) -> Option<Lane> {
    let (jobs, given) = sync_channel::<Job>(WAITING);
    let (done, results) = sync_channel::<Job>(WAITING);
    thread::Builder::new()
        .name("parse".to_owned())
        .spawn(move || {
            for mut job in given {
                job.rows.clear();
                parser.read(&job.chunk, &mut job.rows);
                if done.send(job).is_err() {
                    break;
                }
            }
        })
        .ok()?;
    Some(Lane { jobs, results })
}
