//! Work on all processors.

use std::thread;

/// Applies a function to parts of a list, one part on each processor, and joins its outcomes in the
/// order of the list.
pub(crate) fn in_parallel<'l, T: Sync, U: Send>(list: &'l [T], work: impl Fn(&'l [T]) -> Vec<U> + Sync) -> Vec<U> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let parts = list.chunks(list.len().div_ceil(processors).max(1));
    thread::scope(|scope| {
        let parts: Vec<_> = parts.map(|part| scope.spawn(|| work(part))).collect();
        // A thread that panicked makes this one panic, as if it had done the work itself.
        let joined = parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    })
}
