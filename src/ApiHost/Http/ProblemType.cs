namespace Crescent.ApiHost.Http;

/// <summary>One kind of problem a client can meet: its <c>type</c> URI never changes, so a program may branch on it.</summary>
/// <param name="Slug">The last part of the <c>type</c> URI.</param>
/// <param name="Status">The HTTP status it is answered with.</param>
/// <param name="Title">The same sentence for every occurrence.</param>
internal sealed record ProblemType(string Slug, int Status, string Title)
{
    const string Prefix = "urn:problem-type:crescent:";

    public string Uri => Prefix + Slug;

    public static readonly ProblemType MalformedBody = new("malformed-body", 400, "The body is not the JSON this operation takes.");
    public static readonly ProblemType InvalidRequest = new("invalid-request", 400, "Some of the request's values are missing, unknown or invalid.");
    public static readonly ProblemType IdempotencyKeyMissing = new("idempotency-key-missing", 400, "The header Idempotency-Key is required here.");
    public static readonly ProblemType Unauthorized = new("unauthorized", 401, "A valid access token is required.");
    public static readonly ProblemType InvalidClient = new("invalid-client", 401, "The client or its secret is not known.");
    public static readonly ProblemType Forbidden = new("forbidden", 403, "The caller's role does not allow this operation.");
    public static readonly ProblemType NotFound = new("not-found", 404, "There is nothing at this address.");
    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405, "This address does not take this method.");
    public static readonly ProblemType NotAcceptable = new("not-acceptable", 406, "The answer does not exist in an accepted form.");
    public static readonly ProblemType RequestTimeout = new("request-timeout", 408, "The request did not arrive in time.");
    public static readonly ProblemType UserNotFound = new("user-not-found", 404, "There is no such user.");
    public static readonly ProblemType ProductNotFound = new("product-not-found", 404, "There is no such product.");
    public static readonly ProblemType OrderNotFound = new("order-not-found", 404, "There is no such order.");
    public static readonly ProblemType PaymentNotFound = new("payment-not-found", 404, "The order ended before it was to be paid.");
    public static readonly ProblemType SagaNotFound = new("saga-not-found", 404, "There is no such saga.");
    public static readonly ProblemType AlreadyExists = new("already-exists", 409, "The id is already in use.");
    public static readonly ProblemType EmailTaken = new("email-taken", 409, "Another user has this e-mail address.");
    public static readonly ProblemType RequestInProgress = new("request-in-progress", 409, "The first request with this idempotency key is still being decided.");
    public static readonly ProblemType AlreadyShipped = new("already-shipped", 409, "The order has shipped and cannot be cancelled any more.");
    public static readonly ProblemType AlreadyEnded = new("already-ended", 409, "It has ended and stays as it is.");
    public static readonly ProblemType NotPossibleNow = new("not-possible-now", 409, "It cannot be done in the state it is in.");
    public static readonly ProblemType StockBelowZero = new("stock-below-zero", 409, "The correction would take away units that are reserved or not there.");
    public static readonly ProblemType OutOfStock = new("out-of-stock", 409, "Fewer units are available than asked for.");
    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412, "The resource is at another version than If-Match names.");
    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413, "The body is larger than this server takes.");
    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415, "The body must be application/json.");
    public static readonly ProblemType InvalidValue = new("invalid-value", 422, "A value breaks a rule of what it is for.");
    public static readonly ProblemType UnknownUser = new("unknown-user", 422, "The order's user does not exist.");
    public static readonly ProblemType InactiveUser = new("inactive-user", 422, "The user was deactivated.");
    public static readonly ProblemType UnknownProduct = new("unknown-product", 422, "A product of the order does not exist.");
    public static readonly ProblemType MixedCurrencies = new("mixed-currencies", 422, "The products of the order are priced in different currencies.");
    public static readonly ProblemType NoItems = new("no-items", 422, "Nothing is ordered.");
    public static readonly ProblemType IdempotencyKeyReused = new("idempotency-key-reused", 422, "The idempotency key belongs to an order that asked for something else.");
    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429, "The caller has used up its requests for now.");
    public static readonly ProblemType Internal = new("internal-error", 500, "The server failed; the failure is logged under this trace id.");
    public static readonly ProblemType Unavailable = new("unavailable", 503, "The part of the system that decides this does not answer; the same request may be sent again.");

    /// <summary>What a bare status code means when nothing more is known of the cause.</summary>
    public static ProblemType OfStatus(int status) => status switch
    {
        400 => InvalidRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => RequestTimeout,
        412 => PreconditionFailed,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Unavailable,
        < 500 => new ProblemType("refused", status, "The request was refused."),
        _ => Internal,
    };
}
