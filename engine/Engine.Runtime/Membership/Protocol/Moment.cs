namespace Orleans.Runtime;

/// <summary>Now, on both clocks.</summary>
/// <param name="Elapsed">Since some moment in the past; never goes back. All waiting is measured on it.</param>
/// <param name="Utc">As written into the table, for other silos to read.</param>
internal readonly record struct Moment(TimeSpan Elapsed, DateTime Utc);
