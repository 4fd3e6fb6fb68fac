//! Arguments that name sources: the address of each, and its title in an option of its own.

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};
use servanda::{
    Source,
    format::quote,
    value::{Title, Url},
};

/// Parses the address of a source. All of it is the address, whatever characters it has.
pub(super) fn address(text: &str) -> Result<Url, String> {
    address_titled_by(SOURCE.title.1, text)
}

/// Parses the address of a source whose title is given by this option.
fn address_titled_by(option: &str, text: &str) -> Result<Url, String> {
    text.parse::<Url>().map_err(|error| match text.contains('|') {
        true => format!("{error}; give the title of a source with --{option}, after the URL"),
        false => error.to_string(),
    })
}

/// Returns a source. Without a title, the host of the address becomes the title.
pub(crate) fn source(url: &Url, title: Option<&Title>) -> servanda::Result<Source> {
    Ok(match title {
        Some(title) => Source::new(title.as_str(), url.as_str())?,
        None => Source::try_from(url.as_str())?,
    })
}

/// Sources that report a fact. `REQUIRED` tells whether there must be one.
#[derive(Clone, Debug)]
pub(crate) struct SourceArgs<const REQUIRED: bool = false>(pub(crate) Vec<Source>);

/// Sources for the first status of a history.
#[derive(Clone, Debug)]
pub(crate) struct OpeningSourceArgs(pub(crate) Vec<Source>);

/// The ids and the names of two options: the address of a source, and its title.
struct Options {
    url: (&'static str, &'static str),
    title: (&'static str, &'static str),
}

const SOURCE: Options = Options { url: ("sources", "source"), title: ("source_titles", "source-title") };
const OPENING: Options =
    Options { url: ("opening_sources", "opening-source"), title: ("opening_source_titles", "opening-source-title") };

impl Options {
    fn url(&self) -> Arg {
        let ((id, name), (_, title)) = (self.url, self.title);
        let parser = move |text: &str| address_titled_by(title, text);
        Arg::new(id).long(name).value_name("URL").value_parser(parser).action(ArgAction::Append)
    }

    fn title(&self) -> Arg {
        let ((url, source), (id, name)) = (self.url, self.title);
        let help = format!("The title of the --{source} before it [default: the host of the URL]");
        let title = Arg::new(id).long(name).value_name("TITLE").value_parser(clap::value_parser!(Title)).help(help);
        title.action(ArgAction::Append).requires(url)
    }

    /// Returns the sources, each with the title that follows it.
    fn read(&self, matches: &ArgMatches) -> Result<Vec<Source>, clap::Error> {
        let (urls, titles) = (positions::<Url>(matches, self.url.0), positions::<Title>(matches, self.title.0));
        let mut named: Vec<(&Url, Option<&Title>)> = urls.iter().map(|(_, url)| (*url, None)).collect();
        for (position, title) in titles {
            let before = urls.iter().take_while(|(url, _)| *url < position).count();
            match before.checked_sub(1).and_then(|nth| named.get_mut(nth)) {
                Some((_, unnamed @ None)) => *unnamed = Some(title),
                _ => return Err(self.misplaced(title)),
            }
        }
        let refused = |error: servanda::Error| clap::Error::raw(ErrorKind::ValueValidation, format!("{error}\n"));
        named.into_iter().map(|(url, title)| source(url, title).map_err(refused)).collect()
    }

    fn misplaced(&self, title: &Title) -> clap::Error {
        let ((_, source), (_, name)) = (self.url, self.title);
        let title = quote(title.as_str());
        let text =
            format!("--{name} {title}: give it directly after the --{source} that it names, and once for each\n");
        clap::Error::raw(ErrorKind::ValueValidation, text)
    }
}

/// Returns the values of a repeatable option with their positions on the command line.
fn positions<'a, T: Clone + Send + Sync + 'static>(matches: &'a ArgMatches, id: &str) -> Vec<(usize, &'a T)> {
    let values = matches.get_many::<T>(id).into_iter().flatten();
    matches.indices_of(id).into_iter().flatten().zip(values).collect()
}

impl<const REQUIRED: bool> clap::Args for SourceArgs<REQUIRED> {
    fn augment_args(command: Command) -> Command {
        let url = SOURCE.url().required(REQUIRED).help("A source that reports it; repeatable");
        command.arg(url).arg(SOURCE.title())
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const REQUIRED: bool> FromArgMatches for SourceArgs<REQUIRED> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        SOURCE.read(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl clap::Args for OpeningSourceArgs {
    fn augment_args(command: Command) -> Command {
        let url = OPENING.url().requires("opens_at").help("A source for the first status; repeatable");
        command.arg(url).arg(OPENING.title())
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for OpeningSourceArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        OPENING.read(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
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
        let parts = |source: Source| (source.url.to_string(), source.title.to_string());
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
            "error: --source-title \"A\": give it directly after the --source that it names, and once for each\n"
        );
    }

    #[test]
    fn a_source_without_a_title_gets_its_host_as_title() {
        let title = |url: &str| Ok::<_, String>(source(&address(url)?, None).unwrap().title.to_string());
        assert_eq!(title("https://www.mofa.go.jp/press?a=b#c"), Ok("www.mofa.go.jp".to_owned()));
        assert_eq!(title("http://example.org:8080"), Ok("example.org:8080".to_owned()));
    }

    #[test]
    fn an_address_is_taken_whole_or_refused() {
        for url in ["https://example.org/doc?id=12|34&lang=en", "https://example.org/a|b|c", "https://example.org|A"] {
            assert_eq!(address(url).unwrap().as_str(), url);
        }
        let refused = address("https://example.org/|A report").unwrap_err();
        assert!(refused.ends_with("; give the title of a source with --source-title, after the URL"), "{refused}");
        for url in [" https://example.org/", "https://example.org/ ", "https://me:secret@example.org/", "example.org"] {
            assert!(address(url).is_err(), "{url}");
        }
    }
}
