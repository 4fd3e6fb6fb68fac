extension Procedure {
    /// The procedures that come with the library.
    public static var builtIn: [Procedure] { builtinProcedures() }

    /// The procedure with this id among those that come with the library, such as `diet-treaty-approval`.
    ///
    /// - Throws: ``ServandaError/unknown(code:text:details:)`` with the code `no-procedure`, and those that there are.
    public static func builtIn(_ id: Slug) throws -> Procedure {
        try builtinProcedure(id: id)
    }

    /// Reads a procedure from TOML.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name to use in what is found wrong.
    /// - Throws: ``ServandaError/invalid(code:text:details:)`` with everything that is wrong, by line.
    public init(toml: String, file: String = "procedure.toml") throws {
        self = try procedureFromToml(file: file, text: toml)
    }

    /// As canonical JSON, which is what its digest is of.
    public func json() throws -> String {
        try procedureJson(procedure: self)
    }

    /// Which procedure exactly this is.
    public func pin() throws -> ProcedureRef {
        try pinOf(procedure: self)
    }
}

extension ProcedureCalendar {
    /// The sessions of the Diet of Japan.
    public static var dietOfJapan: ProcedureCalendar { builtinCalendar() }

    /// Reads a calendar from TOML.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name to use in what is found wrong.
    public init(toml: String, file: String = "calendar.toml") throws {
        self = try calendarFromToml(file: file, text: toml)
    }
}

extension ProcedureCalendar {
    /// As canonical JSON.
    public func json() throws -> String {
        try calendarJson(calendar: self)
    }
}

extension ClockRule {
    /// The rule of a treaty that comes with the library: `cptpp`, `hague-1980`, `paris` or `tpp`.
    public static func ofTreaty(_ id: Slug) throws -> ClockRule {
        try builtinTreaty(id: id)
    }

    /// The rule of a treaty, read from TOML.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name to use in what is found wrong.
    public init(treatyTOML toml: String, file: String = "treaty.toml") throws {
        self = try treatyFromToml(file: file, text: toml)
    }
}

extension Commitment {
    /// A commitment that goes through a procedure.
    ///
    /// - Parameters:
    ///   - id: Its id, such as `jp/hague-convention`.
    ///   - title: What it is about.
    ///   - procedure: The procedure it has to go through.
    ///   - by: Who commits; at least one party.
    ///   - to: To whom.
    ///   - made: The day the word was given.
    ///   - obligation: The legal weight of the words.
    ///   - words: The words used, with their source.
    ///   - deadline: By when, if a day, month or year was named.
    ///   - topics: What it can be found under.
    ///   - partOf: The commitment of which this is one piece.
    ///   - opening: The status at which its history opens, if not at the procedure's initial status on the day it was made.
    ///   - rules: The rules of those of the procedure's clocks that leave their rule to the commitment, by the clock's id.
    public init(
        id: Slug, title: Title, procedure: Procedure, by: [Slug], to: [Slug] = [], made: Day, obligation: Obligation,
        words: Words, deadline: (any FactDate)? = nil, topics: [Slug] = [], partOf: Slug? = nil,
        opening: Opening? = nil, rules: ClockRules = [:]
    ) throws {
        self.init(
            id: id, title: title, procedure: try procedure.pin(), by: by, made: made, obligation: obligation,
            words: words, rules: rules, to: to, deadline: deadline?.partialDate, topics: topics, partOf: partOf,
            opening: opening)
    }

    /// Reads a commitment from TOML. Its procedure can be named by its id among `procedures` and the built-in ones.
    ///
    /// - Parameters:
    ///   - toml: The text.
    ///   - file: The name to use in what is found wrong.
    ///   - procedures: Procedures beside those that come with the library.
    public init(toml: String, file: String = "commitment.toml", procedures: [Procedure] = []) throws {
        self = try commitmentFromToml(file: file, text: toml, procedures: procedures)
    }
}

extension Commitment {
    /// As canonical JSON, as it stands in an entry: without its id.
    public func json() throws -> String {
        try commitmentJson(commitment: self)
    }
}

extension Entry {
    /// Reads a line of a ledger.
    ///
    /// - Throws: What is wrong with the line, such as ``ServandaError/damaged(code:text:details:)`` with the code `wrong-id`.
    public init(line: String) throws {
        self = try readEntry(line: line)
    }

    /// The fact that it records.
    public func fact() throws -> Fact {
        try readFact(line: line)
    }
}
