using Orleans.Runtime.Networking;

namespace Orleans.Runtime;

/// <summary>One gateway, as its client knows it.</summary>
internal sealed class Gateway(SiloAddress address)
{
    public SiloAddress Address => address;

    /// <summary>Null while there is none.</summary>
    public Connection? Connection { get; set; }

    /// <summary>Whether the list of gateways has it.</summary>
    public bool IsListed { get; set; } = true;

    /// <summary>It has said that it takes no new calls.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Completes with the failure of the first attempt to connect, or null if it succeeded.</summary>
    public TaskCompletionSource<Exception?> FirstAttempt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
