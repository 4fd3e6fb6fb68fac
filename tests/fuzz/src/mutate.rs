//! Mutations of inputs, which depend only on a seed.

use serde_json::Value;

/// A pseudo-random number generator (Sebastiano Vigna's SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
#[derive(Clone, Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// Creates a generator with this seed.
    #[must_use]
    pub fn from(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, or 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 1).unwrap_or(0).checked_rem(end).unwrap_or(0)
    }

    /// A random item.
    pub fn one_of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

/// Mutates the input: changes, moves, removes or repeats some bytes, or replaces them by one of
/// these words or by a part of another input.
#[must_use]
pub fn bytes(input: &[u8], other: &[u8], words: &[&str], seed: u64) -> Vec<u8> {
    let mut numbers = Numbers::from(seed);
    let mut made = input.to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(made.len() + 1);
        let end = at + numbers.below((made.len() - at).min(32) + 1);
        match numbers.below(8) {
            0 => made.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << numbers.below(8)),
            1 => made.get_mut(at).into_iter().for_each(|byte| *byte = numbers.below(256) as u8),
            2 => drop(made.drain(at..end)),
            3 => drop(made.splice(at..at, made[at..end].to_vec())),
            4 if !words.is_empty() => drop(made.splice(at..at, numbers.one_of(words).bytes())),
            5 if !words.is_empty() => drop(made.splice(at..end, numbers.one_of(words).bytes())),
            6 => {
                let from = numbers.below(other.len() + 1);
                let to = from + numbers.below((other.len() - from).min(256) + 1);
                made.splice(at..end, other[from..to].iter().copied());
            }
            _ => made.truncate(at),
        }
    }
    made
}

/// Mutates lines of JSON: changes, moves or removes some values. An input that is not JSON is
/// mutated as bytes.
#[must_use]
pub fn drafts(input: &[u8], seed: u64) -> Vec<u8> {
    let mut numbers = Numbers::from(seed);
    let text = String::from_utf8_lossy(input);
    let mut lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    if lines.is_empty() {
        return bytes(input, input, &[], seed);
    }
    for _ in 0..=numbers.below(4) {
        let (at, from) = (numbers.below(lines.len()), numbers.below(lines.len()));
        match numbers.below(8) {
            0 => lines.insert(at, lines[from].clone()),
            1 => lines.swap(at, from),
            2 if lines.len() > 1 => drop(lines.remove(at)),
            _ => {
                let graft = picked(&lines[from], &mut numbers).clone();
                let place = picked_mut(&mut lines[at], &mut numbers);
                change(place, graft, &mut numbers);
            }
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}

/// A random value within this one.
fn picked<'a>(value: &'a Value, numbers: &mut Numbers) -> &'a Value {
    let within: Vec<&Value> = match value {
        Value::Array(values) => values.iter().collect(),
        Value::Object(members) => members.values().collect(),
        _ => Vec::new(),
    };
    match numbers.below(within.len() + 1).checked_sub(1) {
        Some(index) => picked(within[index], numbers),
        None if within.is_empty() || numbers.below(4) == 0 => value,
        None => picked(value, numbers),
    }
}

fn picked_mut<'a>(value: &'a mut Value, numbers: &mut Numbers) -> &'a mut Value {
    let within = match &value {
        Value::Array(values) => values.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    };
    if within == 0 || numbers.below(8) == 0 {
        return value;
    }
    let index = numbers.below(within);
    let below = match value {
        Value::Array(values) => values.get_mut(index),
        Value::Object(members) => members.values_mut().nth(index),
        _ => None,
    };
    picked_mut(below.expect("there are as many"), numbers)
}

fn change(place: &mut Value, graft: Value, numbers: &mut Numbers) {
    match (numbers.below(6), place) {
        (0, place) => *place = graft,
        (1, Value::Object(members)) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            let key = keys.get(numbers.below(keys.len()));
            key.map(|key| members.remove(key));
        }
        (2, Value::Object(members)) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            let key = keys.get(numbers.below(keys.len())).cloned();
            members.insert(key.unwrap_or_default(), graft);
        }
        (3, Value::Array(values)) => values.push(graft),
        (4, Value::Array(values)) => drop(values.pop()),
        (_, Value::Bool(flag)) => *flag = !*flag,
        (_, Value::Number(number)) => {
            *number = number.as_i64().unwrap_or(0).wrapping_add(numbers.below(5) as i64 - 2).into()
        }
        (_, Value::String(text)) => change_text(text, numbers),
        (_, Value::Object(members)) => {
            let key = members.keys().nth(numbers.below(members.len())).cloned().unwrap_or_default();
            if let Some(value) = members.remove(&key) {
                members.insert(format!("{key}x"), value);
            }
        }
        (_, place) => *place = graft,
    }
}

/// Changes a digit if there is one, so that days, moments and references to lines stay valid;
/// otherwise adds a letter.
fn change_text(text: &mut String, numbers: &mut Numbers) {
    let digits: Vec<usize> =
        text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
    if digits.is_empty() {
        text.push((b'a' + numbers.below(26) as u8).into());
    } else {
        let at = *numbers.one_of(&digits);
        text.replace_range(at..=at, &numbers.below(10).to_string());
    }
}
