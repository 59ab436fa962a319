namespace Orleans.Runtime;

/// <summary>A part of a silo that a test can end as the death of a process would: at once, without a word to anybody, and without its hooks.</summary>
internal interface IKillable
{
    ValueTask KillAsync();
}
