/// Facts for ``Tracker/append(_:)``. Each can say which entry of the same day it comes after, and when it was written down if that was
/// earlier than now: set ``Draft/after`` and ``Draft/recordedAt``.
extension Draft {
    /// A commitment was made. Its procedure, if it is a built-in one, is defined along with it.
    public static func register(_ commitment: Commitment) -> Draft {
        Draft(fact: .register(commitment: commitment))
    }

    /// A step was taken.
    ///
    /// - Parameters:
    ///   - commitment: The commitment.
    ///   - status: The status that the step led to.
    ///   - date: When.
    ///   - party: Who took it.
    ///   - sources: The evidence.
    ///   - note: A note on it.
    public static func advance(
        _ commitment: Slug, to status: Slug, on date: some FactDate, by party: Slug? = nil, sources: [Source] = [],
        note: Note? = nil
    ) -> Draft {
        Draft(
            fact: .advance(to: status, by: party, sources: sources, note: note), commitment: commitment,
            on: date.partialDate)
    }

    /// A party deposited an instrument, such as `ratification` or `acceptance`.
    public static func deposit(
        _ commitment: Slug, by party: Slug, instrument: Slug? = nil, share: DecimalText? = nil, on date: some FactDate,
        sources: [Source] = [], note: Note? = nil
    ) -> Draft {
        Draft(
            fact: .deposit(by: party, instrument: instrument, share: share, sources: sources, note: note),
            commitment: commitment, on: date.partialDate)
    }

    /// Something happened that moves nothing.
    public static func remark(
        _ commitment: Slug, _ title: Title, on date: some FactDate, sources: [Source] = [], note: Note? = nil
    ) -> Draft {
        Draft(
            fact: .remark(title: title, sources: sources, note: note), commitment: commitment, on: date.partialDate)
    }

    /// The record is complete to a day.
    public static func attest(
        _ commitment: Slug, on date: some FactDate, sources: [Source] = [], note: Note? = nil
    ) -> Draft {
        Draft(fact: .attest(sources: sources, note: note), commitment: commitment, on: date.partialDate)
    }

    /// A deadline was set or moved.
    public static func reschedule(
        _ commitment: Slug, to deadline: some FactDate, on date: some FactDate, sources: [Source] = [],
        note: Note? = nil
    ) -> Draft {
        Draft(
            fact: .reschedule(deadline: deadline.partialDate, sources: sources, note: note), commitment: commitment,
            on: date.partialDate)
    }

    /// Another commitment has to do with this one.
    public static func link(
        _ commitment: Slug, to other: Slug, as relation: Relation, on date: (any FactDate)? = nil,
        sources: [Source] = [], note: Note? = nil
    ) -> Draft {
        Draft(
            fact: .link(to: other, relation: relation, sources: sources, note: note), commitment: commitment,
            on: date?.partialDate)
    }

    /// Further sources for an entry.
    public static func cite(_ commitment: Slug, entry: EntryId, sources: [Source], note: Note? = nil) -> Draft {
        Draft(fact: .cite(entry: entry, sources: sources, note: note), commitment: commitment)
    }

    /// A title, topics or the wording of a note are put better.
    public static func amend(
        _ commitment: Slug, title: Title? = nil, topics: [Slug]? = nil, entry: EntryId? = nil, note: Note? = nil
    ) -> Draft {
        Draft(fact: .amend(title: title, topics: topics, entry: entry, note: note), commitment: commitment)
    }

    /// An entry was a mistake.
    public static func retract(_ commitment: Slug?, entry: EntryId, reason: Note) -> Draft {
        Draft(fact: .retract(entry: entry, reason: reason), commitment: commitment)
    }

    /// What a party is.
    public static func define(_ party: Party) -> Draft {
        Draft(fact: .defineParty(party: party))
    }

    /// What a procedure is.
    public static func define(_ procedure: Procedure) -> Draft {
        Draft(fact: .defineProcedure(procedure: procedure))
    }

    /// What a calendar is.
    public static func define(_ calendar: ProcedureCalendar) -> Draft {
        Draft(fact: .defineCalendar(calendar: calendar))
    }
}
