using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Given to <c>OnErrorAsync</c> of an observer: items could not be delivered within the time allowed and are skipped.</summary>
[GenerateSerializer]
public sealed class StreamEventDeliveryFailureException : OrleansException
{
    public StreamEventDeliveryFailureException()
        : this("A stream event could not be delivered.")
    {
    }

    public StreamEventDeliveryFailureException(string message)
        : base(message)
    {
    }

    public StreamEventDeliveryFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
