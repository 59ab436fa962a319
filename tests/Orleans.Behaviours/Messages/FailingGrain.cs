namespace Orleans.Behaviours.Messages;

[GenerateSerializer]
public sealed class OutOfPaperException : Exception
{
    public OutOfPaperException()
    {
    }

    public OutOfPaperException(string message)
        : base(message)
    {
    }

    public OutOfPaperException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    [Id(0)]
    public int Tray { get; set; }
}

public interface IFailingGrain : IGrainWithStringKey
{
    Task ThrowAtOnce();

    Task ThrowAfterAwait();

    Task ThrowOwnType();

    Task ThrowWithInnerAndData();

    Task ThrowInconsistentState();

    /// <summary>The failure of another grain, two calls away.</summary>
    Task PassOn(IFailingGrain other);

    Task<string> Activation();
}

public sealed class FailingGrain : Grain, IFailingGrain
{
    public Task ThrowAtOnce() => throw new InvalidOperationException("at once");

    public async Task ThrowAfterAwait()
    {
        await Task.Yield();
        throw new InvalidOperationException("after an await");
    }

    public Task ThrowOwnType() => throw new OutOfPaperException("no paper") { Tray = 2 };

    public Task ThrowWithInnerAndData() =>
        throw new InvalidOperationException("outer", new ArgumentException("inner")) { Data = { ["reason"] = "data" } };

    public Task ThrowInconsistentState() => throw new Storage.InconsistentStateException("stale");

    public Task PassOn(IFailingGrain other) => other.ThrowOwnType();

    public Task<string> Activation() => Task.FromResult(GrainContext.ActivationId.ToString());
}
