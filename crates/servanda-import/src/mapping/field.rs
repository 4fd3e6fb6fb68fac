//! The fields that a column can have.

/// The subject of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The commitment: all of its rows say the same or nothing.
    Commitment,
    /// A step, another thing that happened on a day, or the row itself.
    Step,
}

/// Defines the fields, each with its key in a mapping, its path in a document, and its scope.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $key:literal $path:literal $scope:ident;)*) => {
        /// A field that a column of a table, or a key of a document, can have.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            /// All fields.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];

            /// The key in `[columns]` and `[defaults]`.
            pub(crate) fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }

            /// The path in a document: below the commitment, or in an element of `steps`.
            pub(crate) fn path(self) -> &'static str {
                match self { $(Self::$name => $path),* }
            }

            pub(crate) fn scope(self) -> Scope {
                match self { $(Self::$name => Scope::$scope),* }
            }
        }
    };
}

fields! {
    /// The id of the commitment.
    Id "id" "id" Commitment;
    /// The identifier of the commitment elsewhere, from which the id can be made.
    Identifier "identifier" "identifier" Commitment;
    Title "title" "title" Commitment;
    Procedure "procedure" "procedure" Commitment;
    By "by" "by" Commitment;
    To "to" "to" Commitment;
    Made "made" "made" Commitment;
    Obligation "obligation" "obligation" Commitment;
    Words "words" "words.text" Commitment;
    WordsSource "words_source" "words.source" Commitment;
    WordsSourceTitle "words_source_title" "words.source_title" Commitment;
    Deadline "deadline" "deadline" Commitment;
    PartOf "part_of" "part_of" Commitment;
    Topics "topics" "topics" Commitment;
    /// The bodies in charge, each with its role: `body=role`.
    Responsible "responsible" "responsible" Commitment;
    /// Identifiers in other systems: `scheme=value`.
    Identifiers "identifiers" "identifiers" Commitment;
    /// The scheme in which `identifier` is kept as an identifier.
    IdentifierScheme "identifier_scheme" "identifier_scheme" Commitment;
    Language "language" "language" Commitment;
    /// Titles in other languages: `language=title`.
    Titles "titles" "titles" Commitment;
    TargetValue "target_value" "target.value" Commitment;
    TargetUnit "target_unit" "target.unit" Commitment;
    TargetDate "target_date" "target.date" Commitment;
    OpeningStatus "opening_status" "opening.status" Commitment;
    OpeningOn "opening_on" "opening.on" Commitment;
    OpeningSources "opening_sources" "opening.sources" Commitment;
    /// Rules of clocks. Only a document can have them.
    Rules "rules" "rules" Commitment;
    Status "status" "to" Step;
    On "on" "on" Step;
    TakenBy "taken_by" "by" Step;
    Note "note" "note" Step;
    Sources "sources" "sources" Step;
    SourceTitle "source_title" "source_title" Step;
    SourcePublisher "source_publisher" "source_publisher" Step;
    SourceDate "source_date" "source_date" Step;
    SourcePage "source_page" "source_page" Step;
    SourceArchive "source_archive" "source_archive" Step;
    SourceIdentifier "source_identifier" "source_identifier" Step;
    SourceLanguage "source_language" "source_language" Step;
    SourceQuotation "source_quotation" "source_quotation" Step;
    SourceArchived "source_archived" "source_archived" Step;
    /// The title of a remark.
    Remark "remark" "remark" Step;
    /// A deadline that was set or moved on the day of the row.
    NewDeadline "new_deadline" "deadline" Step;
    /// A measurement of progress towards the target.
    Measured "measured" "measured" Step;
    /// The date on which the row was first published elsewhere.
    Published "published" "published" Step;
    Reason "reason" "reason" Step;
    RecordedAt "recorded_at" "recorded_at" Step;
}

impl Field {
    /// Returns the field with a key.
    pub(crate) fn of(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }
}
