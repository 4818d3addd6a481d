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

#[cfg(test)]
mod tests {
    use super::*;

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
