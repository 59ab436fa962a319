namespace Crescent.ReadModels.Sagas;

/// <summary>A saga as the read model shows it.</summary>
/// <param name="Status"><c>running</c>, <c>compensating</c>, <c>stuck</c>, <c>completed</c>, <c>compensated</c> or <c>abandoned</c>.</param>
/// <param name="Step">The step it is at, such as <c>process_payment</c>; null once it has ended.</param>
/// <param name="Tries">How often that step was tried, or undoing it.</param>
/// <param name="Failure">Why it compensates; null while it goes forward.</param>
/// <param name="Reason">Why the last try failed, why it is stuck, or what the operator who abandoned it said.</param>
/// <param name="RetryAt">When it tries again.</param>
/// <param name="UpdatedAt">When something last happened; for a stuck saga, since when.</param>
/// <param name="Version">The version of the saga that is shown.</param>
public sealed record SagaRow(
    string OrderId, string UserId, string Status, string? Step, int Tries, string? Failure, string? Reason, DateTimeOffset? RetryAt,
    DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, int Version);
