namespace Orleans.Runtime;

/// <summary>What happens when a silo can't go on. Tests put something else in its place.</summary>
internal interface IFatalError
{
    void Fail(string reason);
}

/// <summary>Ends the process at once: a dead silo that tidied up would still act on what it holds.</summary>
internal sealed class FailFast : IFatalError
{
    public void Fail(string reason) => Environment.FailFast(reason);
}
