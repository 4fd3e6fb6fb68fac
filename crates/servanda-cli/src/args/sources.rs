//! Arguments that name sources: each source, and options for its other members after it.

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};
use servanda::{Source, format::quote, value::ValueError};

/// Sources that report a fact. `REQUIRED` tells whether there must be one.
#[derive(Clone, Debug)]
pub(crate) struct SourceArgs<const REQUIRED: bool = false>(pub(crate) Vec<Source>);

/// The source of the words of a commitment.
#[derive(Clone, Debug)]
pub(crate) struct WordsSourceArg(pub(crate) Option<Source>);

/// Sources for the first status of a history.
#[derive(Clone, Debug)]
pub(crate) struct OpeningSourceArgs(pub(crate) Vec<Source>);

/// An option for a member of a source.
struct Member {
    /// The end of the name of the option, after the name of the option for the source.
    name: &'static str,
    value: &'static str,
    help: &'static str,
    set: fn(&mut Source, &str) -> Result<(), ValueError>,
}

const TITLE: &str = "title";

/// The members in the order in which a citation names them.
const MEMBERS: [Member; 9] = [
    Member {
        name: TITLE,
        value: "TITLE",
        help: "The title of the source before it [default: the host of the URL]",
        set: |source, text| text.parse().map(|value| source.title = value),
    },
    Member {
        name: "publisher",
        value: "NAME",
        help: "Its publisher",
        set: |source, text| text.parse().map(|value| source.publisher = Some(value)),
    },
    Member {
        name: "date",
        value: "DATE",
        help: "The date on which it was published",
        set: |source, text| text.parse().map(|value| source.published = Some(value)),
    },
    Member {
        name: "page",
        value: "PAGE",
        help: "The page or pages",
        set: |source, text| text.parse().map(|value| source.page = Some(value)),
    },
    Member {
        name: "archive",
        value: "NAME",
        help: "The archive or library that keeps it, with the shelf mark",
        set: |source, text| text.parse().map(|value| source.archive = Some(value)),
    },
    Member {
        name: "identifier",
        value: "ID",
        help: "Its identifier, such as doi:10.5555/12345678 or the number of a gazette",
        set: |source, text| text.parse().map(|value| source.identifier = Some(value)),
    },
    Member {
        name: "language",
        value: "LANGUAGE",
        help: "The language in which it is written, such as ja",
        set: |source, text| text.parse().map(|value| source.language = Some(value)),
    },
    Member {
        name: "quotation",
        value: "TEXT",
        help: "A short quotation that supports the fact",
        set: |source, text| text.parse().map(|value| source.quotation = Some(value)),
    },
    Member {
        name: "archived",
        value: "URL",
        help: "The URL of an archived copy",
        set: |source, text| text.parse().map(|value| source.archived = Some(value)),
    },
];

/// Reads a source: a URL, an identifier or a title. All of it is the URL, whatever characters it
/// has.
fn source_of(text: &str) -> Result<Source, String> {
    Source::named(text).map_err(|error| match error.code() {
        "invalid-url" if text.contains('|') => {
            format!("{error}; give the title of a source with --source-title, after the URL")
        }
        "invalid-url" if !text.contains(':') => {
            format!("{error}; write https:// before it, or give the title of a printed source in full")
        }
        _ => error.to_string(),
    })
}

/// The options for sources that share a name.
struct Options {
    name: &'static str,
    help: &'static str,
    /// The option that has to be given with them.
    requires: Option<&'static str>,
}

const SOURCE: Options = Options {
    name: "source",
    help: "A source that reports it: a URL, an identifier such as doi:10.5555/12345678, or the title of a printed \
           source; repeatable",
    requires: None,
};
const WORDS: Options = Options {
    name: "source",
    help: "The source of the words: a URL, an identifier such as doi:10.5555/12345678, or the title of a printed source",
    requires: Some("words"),
};
const OPENING: Options =
    Options { name: "opening-source", help: "A source for the first status; repeatable", requires: Some("opens_at") };

impl Options {
    fn id(&self, member: &Member) -> String {
        format!("{}-{}", self.name, member.name)
    }

    fn augment(&self, command: Command, required: bool) -> Command {
        let source = Arg::new(self.name).long(self.name).value_name("SOURCE").help(self.help).required(required);
        let source = source.value_parser(source_of).action(ArgAction::Append);
        let source = self.requires.map_or(source.clone(), |other| source.requires(other));
        MEMBERS.iter().fold(command.arg(source), |command, member| {
            let id = self.id(member);
            let option = Arg::new(id.clone()).long(id).value_name(member.value).help(member.help);
            command.arg(option.action(ArgAction::Append).requires(self.name).help_heading("Sources"))
        })
    }

    /// Returns the sources, each with the members that follow it.
    fn read(&self, matches: &ArgMatches) -> Result<Vec<Source>, clap::Error> {
        let named = positions::<Source>(matches, self.name).into_iter().map(|(at, source)| (at, Value::Source(source)));
        let members = MEMBERS.iter().flat_map(|member| {
            let texts = positions::<String>(matches, &self.id(member));
            texts.into_iter().map(move |(at, text)| (at, Value::Member(member, text)))
        });
        let mut values: Vec<(usize, Value<'_>)> = named.chain(members).collect();
        values.sort_by_key(|(position, _)| *position);
        let mut sources: Vec<Source> = Vec::new();
        // The names of the members that the current source has.
        let mut given: Vec<&str> = Vec::new();
        for (_, value) in values {
            match value {
                Value::Source(source) => {
                    given = if source.url.is_none() && source.identifier.is_none() { vec![TITLE] } else { Vec::new() };
                    sources.push(source.clone());
                }
                Value::Member(member, text) => {
                    let current = sources.last_mut().filter(|_| !given.contains(&member.name));
                    let current = current.ok_or_else(|| self.misplaced(member, text))?;
                    (member.set)(current, text).map_err(|error| self.refused(member, &error.to_string()))?;
                    given.push(member.name);
                }
            }
        }
        Ok(sources)
    }

    fn misplaced(&self, member: &Member, text: &str) -> clap::Error {
        let remedy = format!("give it after the --{} that it belongs to, and once for each", self.name);
        clap::Error::raw(ErrorKind::ValueValidation, format!("--{} {}: {remedy}\n", self.id(member), quote(text)))
    }

    fn refused(&self, member: &Member, reason: &str) -> clap::Error {
        let text = format!("--{} <{}>: {reason}\n", self.id(member), member.value);
        clap::Error::raw(ErrorKind::ValueValidation, text)
    }
}

/// A value on the command line.
enum Value<'a> {
    Source(&'a Source),
    Member(&'static Member, &'a str),
}

/// Returns the values of a repeatable option with their positions on the command line.
fn positions<'a, T: Clone + Send + Sync + 'static>(matches: &'a ArgMatches, id: &str) -> Vec<(usize, &'a T)> {
    let values = matches.get_many::<T>(id).into_iter().flatten();
    matches.indices_of(id).into_iter().flatten().zip(values).collect()
}

/// Implements the traits of arguments for a type that is made of the sources of some options.
macro_rules! source_args {
    ([$($generic:tt)*] $type:ty, $options:expr, $required:expr, $from:expr) => {
        impl $($generic)* clap::Args for $type {
            fn augment_args(command: Command) -> Command {
                $options.augment(command, $required)
            }

            fn augment_args_for_update(command: Command) -> Command {
                Self::augment_args(command)
            }
        }

        impl $($generic)* FromArgMatches for $type {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                $options.read(matches).and_then($from)
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }
    };
}
source_args!([<const REQUIRED: bool>] SourceArgs<REQUIRED>, SOURCE, REQUIRED, |sources| Ok(Self(sources)));
source_args!([] OpeningSourceArgs, OPENING, false, |sources| Ok(Self(sources)));
source_args!([] WordsSourceArg, WORDS, false, only_one);

fn only_one(mut sources: Vec<Source>) -> Result<WordsSourceArg, clap::Error> {
    match sources.len() {
        0 | 1 => Ok(WordsSourceArg(sources.pop())),
        _ => {
            let text = "--source: the words have one source; record another with `servanda cite`\n";
            Err(clap::Error::raw(ErrorKind::ValueValidation, text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &str) -> Result<Vec<(String, String)>, String> {
        let command = <SourceArgs as clap::Args>::augment_args(Command::new("test"));
        let arguments = std::iter::once("test").chain(arguments.split_whitespace());
        let matches = command.try_get_matches_from(arguments).map_err(|error| error.to_string())?;
        let sources = SourceArgs::<false>::from_arg_matches(&matches).map_err(|error| error.to_string())?;
        let parts = |source: Source| (source.reference().to_owned(), source.title.to_string());
        Ok(sources.0.into_iter().map(parts).collect())
    }

    fn pairs(sources: &[(&str, &str)]) -> Result<Vec<(String, String)>, String> {
        Ok(sources.iter().map(|(url, title)| ((*url).to_owned(), (*title).to_owned())).collect())
    }

    #[test]
    fn each_title_belongs_to_the_source_before_it() {
        let (a, b) = ("https://a.example/", "https://b.example/");
        assert_eq!(read(""), pairs(&[]));
        assert_eq!(read(&format!("--source {a} --source-title A --source {b}")), pairs(&[(a, "A"), (b, "b.example")]));
        assert_eq!(read(&format!("--source {a} --source {b} --source-title=B")), pairs(&[(a, "a.example"), (b, "B")]));
    }

    #[test]
    fn a_title_needs_a_source_of_its_own() {
        for arguments in [
            "--source-title A",
            "--source-title A --source https://a.example/",
            "--source https://a.example/ --source-title A --source-title B",
        ] {
            assert!(read(arguments).unwrap_err().contains("--source"), "{arguments}");
        }
        let text = read("--source-title A --source https://a.example/").unwrap_err();
        assert_eq!(
            text,
            "error: --source-title \"A\": give it after the --source that it belongs to, and once for each\n"
        );
    }

    #[test]
    fn a_source_without_a_title_gets_its_host_as_title() {
        let title = |text: &str| source_of(text).map(|source| source.title.to_string());
        assert_eq!(title("https://www.mofa.go.jp/press?a=b#c"), Ok("www.mofa.go.jp".to_owned()));
        assert_eq!(title("http://example.org:8080"), Ok("example.org:8080".to_owned()));
        assert_eq!(title("HTTPS://EXAMPLE.ORG/a"), Ok("EXAMPLE.ORG".to_owned()));
    }

    #[test]
    fn a_url_is_taken_whole_or_refused() {
        for url in ["https://example.org/doc?id=12|34&lang=en", "https://example.org/a|b|c", "ftp://example.org/a.pdf"]
        {
            assert_eq!(source_of(url).unwrap().url.unwrap().as_str(), url);
        }
        let refused = source_of("https://example.org/|A report").unwrap_err();
        assert!(refused.ends_with("; give the title of a source with --source-title, after the URL"), "{refused}");
        for url in [
            " https://example.org/",
            "https://example.org/ ",
            "https://me:secret@example.org/",
            "example.org",
            "www.example.org/a",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "gopher://example.org/a b",
        ] {
            assert!(source_of(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_printed_source_is_given_by_its_title_or_its_identifier() {
        let parts = |text: &str| {
            let source = source_of(text).unwrap();
            assert_eq!(source.url, None);
            (source.title.to_string(), source.identifier.map(|identifier| identifier.to_string()))
        };
        for title in ["The Daily Paper, 3 May 1998, p. 4", "官報第1234号", "Speech: the road", "|The Daily Paper"] {
            assert_eq!(parts(title), (title.to_owned(), None));
        }
        for identifier in ["urn:isbn:9780000000002", "doi:10.5555/12345678", "DOI:10.5555/12345678"] {
            assert_eq!(parts(identifier), (identifier.to_owned(), Some(identifier.to_owned())));
        }
    }

    #[test]
    fn every_member_of_a_source_has_an_option() {
        let command = <SourceArgs as clap::Args>::augment_args(Command::new("test"));
        let arguments = [
            ["--source", "The new road"],
            ["--source-publisher", "The Daily Paper"],
            ["--source-date", "1998-05-03"],
            ["--source-page", "4"],
            ["--source-archive", "City library, box 7"],
            ["--source-identifier", "issn:0000-0000"],
            ["--source-language", "en"],
            ["--source-quotation", "We will build it."],
            ["--source-archived", "https://archive.example/1"],
        ];
        let matches = command.try_get_matches_from(["test"].into_iter().chain(arguments.concat())).unwrap();
        let expected = Source::titled("The new road")
            .and_then(|source| source.published_by("The Daily Paper")?.published_on("1998-05-03")?.at_page("4"))
            .and_then(|source| source.kept_in("City library, box 7")?.identified_by("issn:0000-0000"))
            .and_then(|source| source.in_language("en")?.quoting("We will build it."))
            .and_then(|source| source.archived_at("https://archive.example/1"));
        assert_eq!(SourceArgs::<false>::from_arg_matches(&matches).unwrap().0, [expected.unwrap()]);
        let twice = read("--source Road --source-title A").unwrap_err();
        assert!(twice.contains("once for each"), "{twice}");
        let refused = read("--source https://a.example/ --source-date soon").unwrap_err();
        assert!(refused.starts_with("error: --source-date <DATE>: \"soon\" is not a date"), "{refused}");
    }
}
