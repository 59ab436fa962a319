namespace Crescent.ReadModels.Storage;

/// <summary>How far a consumer of the log has come.</summary>
/// <param name="Version">Of what it does with the log; the effects of another version are none of its own.</param>
/// <param name="Position">The last position it has applied; 0 if it has not begun.</param>
internal readonly record struct Checkpoint(int Version, long Position);

/// <summary>
/// A step of a consumer through the log. It is refused, with everything that belongs to it, unless the checkpoint stands
/// where the step begins: whoever else took the step has done the same.
/// </summary>
internal sealed record CheckpointMove(string Consumer, Checkpoint From, Checkpoint To);
