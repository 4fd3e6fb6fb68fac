//! The memory use is proportional to the size of the input, for inputs of many shapes.
//!
//! This file has only one test, because the counter covers all allocations of the process.

use peak_alloc::PeakAlloc;
use servanda::format::Reader;
use servanda::{Commitment, Day, Error, Filter, Ledger, Procedure, procedure::Calendar};
use servanda_fuzz::laws::sealed;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The peak of allocated bytes during `work`, above the level before it.
fn peak<T>(work: impl FnOnce() -> T) -> usize {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    drop(work());
    MEMORY.peak_usage() - before
}

/// A name, and a function that makes an input of about this many bytes.
type Shape = (&'static str, fn(usize) -> String);

/// A name, the work on an input, and the allowed bytes per byte of the input and in addition to
/// that.
type Work = (&'static str, fn(&str), usize, usize);

fn check(works: &[Work], shapes: &[Shape], sizes: [usize; 2]) {
    for (shape, make) in shapes {
        for input in sizes.map(make) {
            for (work, done, each, beside) in works {
                let (taken, length) = (peak(|| done(&input)), input.len());
                let bound = each * length + beside;
                assert!(taken <= bound, "{work} of {shape}: {taken} bytes for {length}, which is above {bound}");
            }
        }
    }
}

fn repeated(start: &str, part: &str, end: &str, size: usize) -> String {
    format!("{start}{}{end}", part.repeat(size.saturating_sub(start.len() + end.len()) / part.len()))
}

fn lines(size: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for n in 0.. {
        text.push_str(&line(n));
        if text.len() >= size {
            break;
        }
    }
    sealed(&text)
}

/// The members of the n-th entry with its moment and recorder.
fn recorded(n: usize) -> String {
    format!("\"recorded_at\":\"2013-02-01T00:{:02}:{:02}.{:06}Z\",\"recorded_by\":\"desk\"", n / 60 % 60, n % 60, n)
}

fn remark(n: usize) -> String {
    format!(
        "{{\"commitment\":\"jp/x\",\"fact\":{{\"remark\":{{\"title\":\"R\"}}}},\"on\":\"2013-01-18\",{}}}\n",
        recorded(n)
    )
}

fn batch(n: usize) -> String {
    let nth = n % 3 + 1;
    let previous = if nth == 1 { String::new() } else { format!(",\"previous\":\"#{n}\"") };
    remark(n).replacen('{', &format!("{{\"batch\":{{\"nth\":{nth},\"of\":3{previous}}},"), 1)
}

fn registration(n: usize) -> String {
    format!(
        "{{\"commitment\":\"jp/x{n}\",\"fact\":{{\"register\":{{\"by\":[\"jp\"],\"made\":\"2013-01-18\",\"obligation\":\"result\",\
         \"part_of\":\"jp/x{}\",\"procedure\":{{\"digest\":\"sha256:{:064}\",\"id\":\"p\",\"version\":1}},\"title\":\"T\",\"words\":{{\
         \"source\":{{\"title\":\"S\",\"url\":\"https://example.org/\"}},\"text\":\"will\"}}}}}},{}}}\n",
        n + 1,
        0,
        recorded(n)
    )
}

const DEFINED: &str = "{\"fact\":{\"define\":{\"party\":{\"id\":\"jp\",\"names\":{\"en\":\"Japan\"},\"x\":";

/// Inputs without any valid entry.
const LINES: [Shape; 12] = [
    ("line feeds", |size| "\n".repeat(size)),
    ("empty objects", |size| repeated("", "{}\n", "", size)),
    ("one line without end", |size| "x".repeat(size)),
    ("one line of brackets", |size| "[".repeat(size)),
    ("one line of objects", |size| repeated("", "{\"a\":", "", size)),
    ("one list of empty lists", |size| repeated("{\"a\":[", "[],", "[]]}", size)),
    ("one list of numbers", |size| repeated("{\"a\":[", "1,", "1]}", size)),
    ("one list of empty objects", |size| repeated("[", "{},", "{}]", size)),
    ("one number", |size| repeated("{\"a\":", "1", "}", size)),
    ("one text of escapes", |size| repeated("{\"a\":\"", "\\n", "\"}", size)),
    ("one text of control characters", |size| repeated("{\"a\":\"", "\\u0000", "\"}", size)),
    ("many members", |size| {
        format!("{{{}}}", (0..size / 10).map(|n| format!("\"{n:06}\":0")).collect::<Vec<_>>().join(","))
    }),
];

/// Ledgers in which every line is a valid entry.
const LEDGERS: [Shape; 6] = [
    ("a definition of numbers", |size| {
        sealed(
            &repeated(DEFINED, "1,", &format!("1]}}}}}},{}}}", recorded(0)), size.min(1_000_000))
                .replacen("\"x\":", "\"x\":[", 1),
        )
    }),
    ("a definition of escapes", |size| {
        sealed(&repeated(&format!("{DEFINED}\""), "\\n", &format!("\"}}}}}},{}}}", recorded(0)), size.min(1_000_000)))
    }),
    ("a definition of many names", |size| {
        let names: Vec<String> = (0..size.min(1_000_000) / 18).map(|n| format!("\"aa-{n:08}\":\"J\"")).collect();
        sealed(&format!(
            "{{\"fact\":{{\"define\":{{\"party\":{{\"id\":\"jp\",\"names\":{{{}}}}}}}}},{}}}",
            names.join(","),
            recorded(0)
        ))
    }),
    ("many remarks", |size| lines(size, remark)),
    ("many batches", |size| lines(size, batch)),
    ("many registrations", |size| lines(size, registration)),
];

fn read_lines(text: &str) {
    for read in Reader::new(text.as_bytes()) {
        drop(read.map_err(|error| (error.to_string(), error.details())));
    }
}

fn read_ledger(text: &str) {
    let mut ledger = Ledger::new();
    ledger.merge_entries(Reader::new(text.as_bytes()).filter_map(Result::ok));
}

fn ask(text: &str) {
    let mut ledger = Ledger::new();
    ledger.merge_entries(Reader::new(text.as_bytes()).filter_map(Result::ok));
    let _ = ledger.view_on(Day::FIRST).unwrap().standings(&Filter::default());
}

const FILES: [Shape; 11] = [
    ("comments", |size| repeated("", "#\n", "", size)),
    ("keys", |size| (0..size / 8).map(|n| format!("a{n:04x}=1\n")).collect()),
    ("tables", |size| (0..size / 9).map(|n| format!("[a{n:05x}]\n")).collect()),
    ("statuses", |size| repeated("", "[[statuses]]\n", "", size)),
    ("a key of many parts", |size| repeated("", "a.", "a=1", size)),
    ("a table of many parts", |size| repeated("[", "a.", "a]", size)),
    ("one list", |size| repeated("by=[", "1,", "]", size)),
    ("lists in lists", |size| repeated("by=", "[", "", size)),
    ("tables in tables", |size| repeated("by=", "{a=", "", size)),
    ("one text", |size| repeated("title=\"", "\\n", "\"", size)),
    ("JSON", |size| repeated("{\"by\":[", "{},", "{}]}", size)),
];

fn describe<T>(read: Result<T, Error>) {
    drop(read.map_err(|error| (error.to_string(), error.details())));
}

#[test]
fn memory_use_is_proportional_to_the_input() {
    let ledgers: [Work; 3] =
        [("lines", read_lines, 24, SMALL), ("ledger", read_ledger, 24, SMALL), ("standings", ask, 24, SMALL)];
    check(&ledgers, &LINES, [64 << 10, 1 << 20]);
    check(&ledgers, &LEDGERS, [16 << 10, 256 << 10]);
    // A line of a few bytes is a TOML table, or has its own diagnostic with a remedy.
    check(
        &[
            ("a procedure", |text| describe(Procedure::from_toml("file.toml", text)), 350, SMALL),
            ("a calendar", |text| describe(Calendar::from_toml("file.toml", text)), 350, SMALL),
            ("a commitment", |text| describe(Commitment::from_toml("file.toml", text, [])), 350, SMALL),
            ("a commitment in JSON", |text| describe(Commitment::from_json("file.json", text, [])), 40, SMALL),
        ],
        &FILES,
        [8 << 10, 64 << 10],
    );
}

/// The allowed bytes that do not depend on the input, for example for the built-in procedures.
const SMALL: usize = 64 << 10;
