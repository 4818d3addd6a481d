//! Work on many things at once, results in the order of the things: the same on one core and on sixteen.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// Applies `work` to every item on as many threads as there are cores; `done` is called on this thread with the index
/// of each item that is finished, in the order in which they finish.
///
/// # Panics
/// When `work` panics.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    done: impl FnMut(usize),
) -> Vec<R> {
    in_order_on(None, items, work, done)
}

/// The same on so many threads.
///
/// # Panics
/// When `work` panics.
pub fn in_order_on<T: Sync, R: Send>(
    threads: Option<usize>,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(usize),
) -> Vec<R> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let n_threads = threads.unwrap_or_else(cores).min(items.len());
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    if n_threads <= 1 {
        for (n, item) in items.iter().enumerate() {
            results[n] = Some(work(item));
            done(n);
        }
    } else {
        let next = AtomicUsize::new(0);
        let (send, receive) = mpsc::channel();
        thread::scope(|scope| {
            for _ in 0..n_threads {
                let (send, next, work) = (send.clone(), &next, &work);
                scope.spawn(move || {
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        let Some(item) = items.get(n) else { break };
                        // The receiver lives as long as the scope.
                        if send.send((n, work(item))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            for (n, result) in receive {
                results[n] = Some(result);
                done(n);
            }
        });
    }
    results
        .into_iter()
        .map(|result| result.expect("every item was worked on, or its thread panicked"))
        .collect()
}

/// Two pieces of work at once: the first here, the second on a thread of its own.
///
/// # Panics
/// When one of them panics.
pub fn both<A, B: Send>(here: impl FnOnce() -> A, beside: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let beside = scope.spawn(beside);
        let here = here();
        let beside = beside.join();
        (
            here,
            beside.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        )
    })
}

/// Parcels that may wait for the thread that uses them: on two cores five threads take turns, and none shall stand still for
/// want of one that waits for its turn.
const WAITING: usize = 12;

/// Parcels from one thread to another, and the empty ones back.
pub struct Give<P> {
    full: mpsc::SyncSender<P>,
    emptied: mpsc::Receiver<P>,
}

impl<P: Default> Give<P> {
    /// A parcel to be filled, with the buffers of an earlier one where one came back.
    pub fn empty(&self) -> P {
        self.emptied.try_recv().unwrap_or_default()
    }

    /// Sends a parcel on; `false` when nobody takes any more.
    pub fn away(&self, parcel: P) -> bool {
        self.full.send(parcel).is_ok()
    }
}

/// Runs `make` here and `use_up` on a thread of its own, some parcels behind; in their order. Gives what became of the
/// state, or the first failure of `use_up`, and what `make` gave.
///
/// # Panics
/// When `use_up` panics.
pub fn ahead<P: Default + Send, S: Send, E: Send, M>(
    begin: impl FnOnce() -> S + Send,
    mut use_up: impl FnMut(&mut S, &mut P) -> Result<(), E> + Send,
    make: impl FnOnce(&Give<P>) -> M,
) -> (Result<S, E>, M) {
    let (full, parcels) = mpsc::sync_channel::<P>(WAITING);
    let (back, emptied) = mpsc::channel();
    thread::scope(|scope| {
        let user = scope.spawn(move || {
            let mut state = begin();
            for mut parcel in parcels {
                use_up(&mut state, &mut parcel)?;
                // nobody may want it back any more
                let _ = back.send(parcel);
            }
            Ok(state)
        });
        let give = Give { full, emptied };
        let made = make(&give);
        drop(give);
        let used = user
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (used, made)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parcels_are_used_up_in_their_order_and_come_back() {
        let (sum, made) = ahead(
            Vec::new,
            |seen: &mut Vec<u32>, parcel: &mut u32| {
                seen.push(*parcel);
                Ok::<(), ()>(())
            },
            |give| (0..1000).filter(|&n| give.away(n)).count(),
        );
        assert_eq!(sum.unwrap(), (0..1000).collect::<Vec<_>>());
        assert_eq!(made, 1000);
    }

    #[test]
    fn a_failure_ends_the_making() {
        let (used, made) = ahead(
            || (),
            |(), parcel: &mut u32| if *parcel < 10 { Ok(()) } else { Err(*parcel) },
            |give| (0..100_000).take_while(|&n| give.away(n)).count(),
        );
        assert_eq!(used, Err(10));
        assert!(made < 100);
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..50).collect();
        let mut seen = 0;
        let squares = in_order(&items, |&n| n * n, |_| seen += 1);
        assert_eq!(squares, items.iter().map(|n| n * n).collect::<Vec<_>>());
        assert_eq!(seen, 50);
        assert!(in_order(&[] as &[u64], |&n| n, |_| ()).is_empty());
    }
}
