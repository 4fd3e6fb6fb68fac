package servanda

import java.nio.charset.CharacterCodingException

/**
 * Why something was refused, or what kept it from the ledger.
 *
 * [message] is for people: what was tried, why it was refused, and what would be accepted. Programs go by the class, which is the family of
 * the error, by [code] where they have to be exact, and by [details]; these stay the same.
 *
 * @property code The stable code, such as `illegal-step`.
 * @property message The text.
 * @property details The data, as a JSON object.
 */
public sealed class ServandaException(
    public val code: String,
    public override val message: String,
    public val details: String,
    cause: Throwable?,
) : RuntimeException(message, cause) {
    /** The word for the family: `invalid`, `unknown`, `refused`, `damaged`, `place` or `stopped`. */
    public val family: String get() = javaClass.simpleName.lowercase()

    /** What was given is not well-formed: a value, a field, a file of a procedure, a cursor. Give something else. */
    public class Invalid internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** It names something that is not there: a commitment, a procedure, a status, an entry. Look for what was meant. */
    public class Unknown internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** The procedure, the path or the order of the ledger does not allow it. Ask what can be done next. */
    public class Refused internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** What is kept is not what was written, or was written by a later version. A person has to look. */
    public class Damaged internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** The place where the ledger is kept cannot be read or written. Try again, or elsewhere. */
    public class Place internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)

    /** It was stopped: the tracker was closed, or something failed on another thread. */
    public class Stopped internal constructor(
        code: String,
        message: String,
        details: String,
        cause: Throwable?,
    ) : ServandaException(code, message, details, cause)
}

/** Calls the library; what it refuses is thrown as what people can read. */
internal inline fun <T> servanda(call: () -> T): T =
    try {
        call()
    } catch (refused: RawException) {
        throw refused.readable()
    } catch (malformed: CharacterCodingException) {
        val text = "a text holds half of a character, a surrogate without its other; leave it out"
        throw ServandaException.Invalid("invalid-text", text, "{}", malformed)
    } catch (failed: InternalException) {
        throw ServandaException.Stopped("failed", "the library failed: ${failed.message}", "{}", failed)
    }

@PublishedApi
internal fun RawException.readable(): ServandaException =
    when (this) {
        is RawException.Invalid -> ServandaException.Invalid(code, text, details, this)
        is RawException.Unknown -> ServandaException.Unknown(code, text, details, this)
        is RawException.Refused -> ServandaException.Refused(code, text, details, this)
        is RawException.Damaged -> ServandaException.Damaged(code, text, details, this)
        is RawException.Place -> ServandaException.Place(code, text, details, this)
        is RawException.Stopped -> ServandaException.Stopped(code, text, details, this)
    }

/** What UniFFI calls the error that a listener throws: its renaming does not reach callbacks. The library lets go of it, whatever it is. */
internal object FfiConverterTypeServandaError {
    fun lower(thrown: ServandaException): RustBuffer.ByValue {
        val refused = RawException.Refused(thrown.code, thrown.message, thrown.details)
        return FfiConverterTypeRawError.lower(refused)
    }
}
