//! Reads values from canonical JSON with serde.
//!
//! All values are read here, whether they come from a line, a draft or a TOML file. So each type is
//! compiled for one deserializer only, and every error has the path to the value that is wrong.

use std::borrow::Cow;
use std::fmt;

use memchr::memchr2;
use serde::de::value::StrDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::value::path::{Path, PathSegment, written};
use crate::value::{plain_message, quote};

/// Reads a value from canonical JSON.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, DeserializeError> {
    let mut reading = Reading { text, at: 0 };
    let value = T::deserialize(&mut reading)?;
    if reading.at == text.len() { Ok(value) } else { Err(reading.misspelt()) }
}

/// Why a value cannot be read, with the path to the part that is wrong.
#[derive(Debug)]
pub(crate) struct DeserializeError {
    /// The steps of the path, from the innermost to the outermost.
    inside_out: Vec<PathSegment>,
    reason: String,
    is_missing: bool,
}

impl DeserializeError {
    fn inside(mut self, step: PathSegment) -> Self {
        self.inside_out.push(step);
        self
    }

    /// The path from the value to the part that is wrong.
    ///
    /// The path of a missing member is the path that it would have.
    pub(crate) fn path(&self) -> Path {
        self.inside_out.iter().rev().cloned().collect()
    }

    /// The description of the error, without its place.
    pub(crate) fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the path and the text of a diagnostic for the author of a file.
    ///
    /// If a key is missing, the path is that of the object that lacks it.
    pub(crate) fn problem(&self) -> (Path, String) {
        let mut path = self.path();
        let said = match path.pop_if(|_| self.is_missing) {
            Some(key) => format!("the key {} is missing", quote(&written(&[key]))),
            None => self.reason.clone(),
        };
        let place = written(&path);
        (path, if place.is_empty() { said } else { format!("{place}: {said}") })
    }

    /// Whether the error is that a member is missing.
    pub(crate) fn is_missing(&self) -> bool {
        self.is_missing
    }
}

impl fmt::Display for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for DeserializeError {}

impl Error for DeserializeError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self { inside_out: Vec::new(), reason: plain_message(&reason.to_string()), is_missing: false }
    }

    fn invalid_type(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let given = match given {
            Unexpected::Unit => Unexpected::Other("null"),
            Unexpected::Map => Unexpected::Other("an object"),
            Unexpected::Seq => Unexpected::Other("a list"),
            Unexpected::UnitVariant => {
                return Self::custom(
                    "this word does not stand alone: it is the key of an object, with what goes with it",
                );
            }
            given => given,
        };
        Self::custom(format_args!("invalid type: {given}, expected {wanted}"))
    }

    fn missing_field(field: &'static str) -> Self {
        let inside_out = vec![PathSegment::Key(field.to_owned())];
        Self { inside_out, reason: "it is missing".to_owned(), is_missing: true }
    }
}

/// Canonical JSON that has been read up to the byte at `at`.
struct Reading<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Reading<'de> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips `byte` if it is the next one, and returns whether it was.
    fn pass(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn pass_or_fail(&mut self, byte: u8) -> Result<(), DeserializeError> {
        if self.pass(byte) { Ok(()) } else { Err(self.misspelt()) }
    }

    fn misspelt(&self) -> DeserializeError {
        DeserializeError::custom(format_args!("this is no canonical JSON at byte {}", self.at))
    }

    fn string(&mut self) -> Result<Cow<'de, str>, DeserializeError> {
        let start = self.at;
        self.pass_or_fail(b'"')?;
        let mut escapes = false;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(place) = memchr2(b'"', b'\\', rest) else { return Err(self.misspelt()) };
            self.at += place;
            if self.pass(b'"') {
                break;
            }
            escapes = true;
            // Skip the escaped character, because it may be a quotation mark.
            self.at += 2;
        }
        let quoted = self.text.get(start..self.at).unwrap_or_default();
        match escapes {
            false => Ok(quoted.trim_matches('"').into()),
            true => serde_json::from_str::<String>(quoted).map(Into::into).map_err(DeserializeError::custom),
        }
    }

    fn number(&mut self) -> Option<i64> {
        let rest = self.text.get(self.at..)?;
        let length = rest.bytes().take_while(|byte| *byte == b'-' || byte.is_ascii_digit()).count();
        let number = rest.get(..length)?.parse().ok()?;
        self.at += length;
        Some(number)
    }

    /// Skips `true`, `false` or `null` if it is next, and returns whether it was.
    fn word(&mut self, word: &str) -> bool {
        let is_next = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Finds the only member of an object whose key is one of these words, and returns where it
    /// starts and where the object ends. Other members are of a later version. An object that has
    /// a single member is described by it, even if its key is no known word.
    fn only_known_member(&mut self, words: &[&str]) -> Result<(usize, usize), DeserializeError> {
        let (mut known, mut others) = (Vec::new(), Vec::new());
        while !self.pass(b'}') {
            self.pass(b',');
            let place = self.at;
            let key = self.string()?;
            if words.contains(&&*key) {
                known.push(place)
            } else {
                others.push(place)
            }
            self.pass_or_fail(b':')?;
            self.pass_over()?;
        }
        match (known.as_slice(), others.as_slice()) {
            ([place], _) | ([], [place]) => Ok((*place, self.at)),
            _ => Err(DeserializeError::custom(format_args!(
                "it has exactly one member whose key is a word of its kind: {}",
                words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            ))),
        }
    }

    /// Skips a value that is not needed.
    fn pass_over(&mut self) -> Result<(), DeserializeError> {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Some(b'"') => drop(self.string()?),
                Some(byte) => {
                    self.at += 1;
                    match byte {
                        b'{' | b'[' => open += 1,
                        b'}' | b']' => open = open.saturating_sub(1),
                        _ => {}
                    }
                }
                None => return Err(self.misspelt()),
            }
            let ends = matches!(self.peek(), Some(b',' | b'}' | b']') | None);
            if open == 0 && ends {
                return Ok(());
            }
        }
    }

    /// Returns the error for a next value that is not `wanted`.
    fn met_instead_of(&mut self, wanted: &dyn Expected) -> DeserializeError {
        let text;
        let met = match self.peek() {
            Some(b'"') => match self.string() {
                Ok(string) => {
                    text = string;
                    Unexpected::Str(&text)
                }
                Err(misspelt) => return misspelt,
            },
            Some(b'{') => Unexpected::Map,
            Some(b'[') => Unexpected::Seq,
            Some(b't') => Unexpected::Bool(true),
            Some(b'f') => Unexpected::Bool(false),
            Some(b'n') => Unexpected::Unit,
            _ => match self.number() {
                Some(number) => Unexpected::Signed(number),
                None => return self.misspelt(),
            },
        };
        DeserializeError::invalid_type(met, wanted)
    }
}

/// Reads only the form that a type asks for, such as an object for a struct.
///
/// Accepting the other forms that serde allows would add much code for each type.
impl<'de> Deserializer<'de> for &mut Reading<'de> {
    type Error = DeserializeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match self.peek() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'{') => self.deserialize_map(visitor),
            Some(b'[') => self.deserialize_seq(visitor),
            Some(b'-' | b'0'..=b'9') => self.deserialize_i64(visitor),
            Some(b't' | b'f') => self.deserialize_bool(visitor),
            _ => self.deserialize_unit(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match self.peek() {
            Some(b'"') => visitor.visit_str(&self.string()?),
            _ => Err(self.met_instead_of(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match self.pass(b'{') {
            true => visitor.visit_map(Members { reading: self, key: Cow::Borrowed("") }),
            false => Err(self.met_instead_of(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match self.pass(b'[') {
            true => visitor.visit_seq(Elements { reading: self, next: 0 }),
            false => Err(self.met_instead_of(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match self.number() {
            Some(number) => match u64::try_from(number) {
                Ok(natural) => visitor.visit_u64(natural),
                Err(_) => visitor.visit_i64(number),
            },
            None => Err(self.met_instead_of(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        match (self.word("true"), self.word("false")) {
            (false, false) => Err(self.met_instead_of(&visitor)),
            (is_true, _) => visitor.visit_bool(is_true),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        if self.word("null") { visitor.visit_unit() } else { Err(self.met_instead_of(&visitor)) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        if self.word("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        if self.peek() == Some(b'"') {
            return visitor.visit_enum(StrDeserializer::new(&self.string()?));
        }
        if !self.pass(b'{') {
            return Err(self.met_instead_of(&"a word, or an object with one"));
        }
        let (place, end) = self.only_known_member(words)?;
        self.at = place;
        let value = visitor.visit_enum(KnownMember { reading: self })?;
        self.at = end;
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        self.pass_over()?;
        visitor.visit_unit()
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeserializeError> {
        self.deserialize_i64(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit_struct tuple tuple_struct identifier
    }
}

/// The members of an object, after its opening brace.
struct Members<'a, 'de> {
    reading: &'a mut Reading<'de>,
    key: Cow<'de, str>,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = DeserializeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeserializeError> {
        if self.reading.pass(b'}') {
            return Ok(None);
        }
        self.reading.pass(b',');
        self.key = self.reading.string()?;
        let key = StrDeserializer::<DeserializeError>::new(&self.key);
        seed.deserialize(key).map(Some).map_err(|error| error.inside(PathSegment::Key(self.key.to_string())))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, DeserializeError> {
        self.reading.pass_or_fail(b':')?;
        seed.deserialize(&mut *self.reading).map_err(|error| error.inside(PathSegment::Key(self.key.to_string())))
    }
}

/// The elements of a list, after its opening bracket.
struct Elements<'a, 'de> {
    reading: &'a mut Reading<'de>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = DeserializeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, DeserializeError> {
        if self.reading.pass(b']') {
            return Ok(None);
        }
        self.reading.pass(b',');
        let index = self.next;
        self.next += 1;
        seed.deserialize(&mut *self.reading).map(Some).map_err(|error| error.inside(PathSegment::Index(index)))
    }
}

/// The member of an object that represents an enum variant with content.
struct KnownMember<'a, 'de> {
    reading: &'a mut Reading<'de>,
}

impl<'a, 'de> EnumAccess<'de> for KnownMember<'a, 'de> {
    type Error = DeserializeError;
    type Variant = Content<'a, 'de>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), DeserializeError> {
        let word = self.reading.string()?;
        let variant = seed.deserialize(StrDeserializer::<DeserializeError>::new(&word))?;
        self.reading.pass_or_fail(b':')?;
        Ok((variant, Content { reading: self.reading, word }))
    }
}

/// The content of an enum variant. `word` is the name of the variant.
struct Content<'a, 'de> {
    reading: &'a mut Reading<'de>,
    word: Cow<'de, str>,
}

impl<'de> VariantAccess<'de> for Content<'_, 'de> {
    type Error = DeserializeError;

    fn unit_variant(self) -> Result<(), DeserializeError> {
        let step = PathSegment::Key(self.word.into_owned());
        <()>::deserialize(self.reading).map_err(|error| error.inside(step))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, DeserializeError> {
        let step = PathSegment::Key(self.word.into_owned());
        seed.deserialize(self.reading).map_err(|error| error.inside(step))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DeserializeError> {
        let step = PathSegment::Key(self.word.into_owned());
        self.reading.deserialize_seq(visitor).map_err(|error| error.inside(step))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeserializeError> {
        let step = PathSegment::Key(self.word.into_owned());
        self.reading.deserialize_map(visitor).map_err(|error| error.inside(step))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::read;
    use crate::value::path::written;
    use crate::value::present;
    use crate::{Commitment, EntryIntoForce, Phase, Rule, Slug, Source, Title};

    fn check<T: DeserializeOwned>(text: &str, blamed: &str, reason: &str) {
        let error = read::<T>(text).map(drop).expect_err(text);
        assert_eq!((written(&error.path()).as_str(), error.reason()), (blamed, reason), "{text}");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_the_path_to_it() {
        check::<Source>(
            r#"{"title":"A","url":"gopher://a"}"#,
            "url",
            r#""gopher://a" is not a URL: an address starts with https://, http:// or ftp://"#,
        );
        check::<Source>(r#"{"url":"https://a"}"#, "title", "it is missing");
        check::<Source>(
            r#"{"publisher":null,"title":"A","url":"https://a"}"#,
            "publisher",
            "invalid type: null, expected a string",
        );
        check::<Vec<Slug>>(r#"["a","b",{}]"#, "[2]", "invalid type: an object, expected a string");
        check::<BTreeMap<Slug, Title>>(r#"{"a":"A","b":7}"#, "b", "invalid type: integer `7`, expected a string");
        let slug = "a slug is made of lower-case letters a-z, digits and single hyphens, in parts joined by `/`, such as jp/hague-convention";
        check::<BTreeMap<Slug, Title>>(r#"{"A":"A"}"#, "A", &format!("\"A\" is not a slug: {slug}"));
        check::<EntryIntoForce>(
            r#"{"general":[{"basis":"a","rule":"given"},{"basis":"b","deposits":-1}]}"#,
            "general[1].deposits",
            "invalid value: integer `-1`, expected a whole number",
        );
        check::<EntryIntoForce>(r#"{"general":{"basis":"a"}}"#, "general", "invalid type: an object, expected a list");
        check::<Commitment>(
            r#"{"by":["jp"],"words":{"source":["A","https://a"],"text":"will"}}"#,
            "words.source",
            "invalid type: a list, expected an object",
        );
        check::<Vec<bool>>("[true,1]", "[1]", "invalid type: integer `1`, expected a boolean");
        check::<Vec<Slug>>(r#"["a","\u001b"]"#, "[1]", &format!("\"\\u{{1b}}\" is not a slug: {slug}"));
    }

    #[test]
    fn a_word_is_one_of_its_kind_alone_or_with_what_goes_with_it() {
        assert_eq!(read::<Rule>(r#""given""#).ok(), Some(Rule::SetByCommitment));
        check::<Phase>(
            r#""waiting""#,
            "",
            "unknown word `waiting`, expected one of `planned`, `active`, `stalled`, `achieved`, `failed`, `superseded`",
        );
        check::<Vec<Phase>>("[3]", "[0]", "invalid type: integer `3`, expected a word, or an object with one");
        check::<Rule>(r#"{"days":{}}"#, "days.count", "it is missing");
        check::<Rule>(r#"{"days":[1]}"#, "days", "invalid type: a list, expected an object");
        check::<Rule>(
            r#""days""#,
            "",
            "this word does not stand alone: it is the key of an object, with what goes with it",
        );
        let with_later_members = r#"{"a":{"count":2},"months":{"count":1,"more":1},"more":[{}]}"#;
        assert_eq!(read::<Rule>(with_later_members).ok(), Some(Rule::Months { count: 1 }));
        check::<Rule>(
            r#"{"months":{"count":1},"weeks":{"count":1}}"#,
            "",
            "it has exactly one member whose key is a word of its kind: `days`, `full-days`, `weeks`, `months`, `years`, \
             `first-of-month`, `first-of-month-after-days`, `close`, `given`",
        );
    }

    #[test]
    fn what_nobody_asked_for_is_passed_over() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Snapshot {
            #[serde(default, deserialize_with = "present")]
            b: Option<i64>,
            d: Vec<bool>,
        }
        let text = r#"{"a":{"\"}":[{},[],"]",-5]},"b":-12,"c":null,"d":[false],"e":"\\","f":0}"#;
        assert_eq!(read::<Snapshot>(text).ok(), Some(Snapshot { b: Some(-12), d: vec![false] }));
    }

    #[test]
    fn what_is_no_canonical_json_is_an_error_wherever_it_ends() {
        let text = r#"{"by":["jp"],"title":"A \"title\"","words":{"source":{"title":"A","url":"https://a"},"text":"will"},"z":[1,{}]}"#;
        for end in 0..text.len() {
            assert!(read::<serde::de::IgnoredAny>(&text[..end]).is_err(), "{}", &text[..end]);
            assert!(read::<Commitment>(&text[..end]).is_err());
        }
        check::<Slug>(r#""a" "#, "", "this is no canonical JSON at byte 3");
    }
}
