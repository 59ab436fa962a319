using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>The bounds of calls between processes that Orleans' own options don't have. Read from <c>Orleans:Calls</c> of the host's configuration.</summary>
internal sealed class CallOptions
{
    public const string Section = "Orleans:Calls";

    /// <summary>Calls of one host that may wait for answers from other processes.</summary>
    public int MaxPending { get; set; } = 1_000_000;

    /// <summary>Requests of one connection that a silo has taken and not answered.</summary>
    public int MaxRequestsOfOneCaller { get; set; } = 50_000;

    /// <summary>Requests of all other processes that a silo has taken and not answered.</summary>
    public int MaxRequests { get; set; } = 200_000;

    /// <summary>Requests that wait because the silo they are for can't be reached, for each such silo.</summary>
    public int MaxWaitingForConnection { get; set; } = 10_000;

    /// <summary>Requests that wait because their sender knows the cluster better than this silo.</summary>
    public int MaxWaitingForView { get; set; } = 10_000;

    /// <summary>Messages beside calls that a silo handles at a time.</summary>
    public int MaxControlMessages { get; set; } = 4_096;

    /// <summary>How long a silo that stops waits for the answers to requests that it has taken; then their senders lose them.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <exception cref="OrleansConfigurationException">A bound is not positive.</exception>
    public void Validate()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(MaxPending), MaxPending),
            (nameof(MaxRequestsOfOneCaller), MaxRequestsOfOneCaller),
            (nameof(MaxRequests), MaxRequests),
            (nameof(MaxWaitingForConnection), MaxWaitingForConnection),
            (nameof(MaxWaitingForView), MaxWaitingForView),
            (nameof(MaxControlMessages), MaxControlMessages),
        })
        {
            if (value <= 0)
            {
                throw new OrleansConfigurationException($"{Section}:{name} is {value}; it must be greater than zero.");
            }
        }

        if (DrainTimeout < TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"{Section}:{nameof(DrainTimeout)} is {DrainTimeout}; it must not be negative.");
        }
    }
}
