using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>A place in a stream: the number of the batch and the index in it.</summary>
[GenerateSerializer]
public class EventSequenceToken : StreamSequenceToken
{
    /// <summary>The first item of a batch.</summary>
    public EventSequenceToken(long seqNumber)
        : this(seqNumber, 0)
    {
    }

    /// <summary>An item of a batch.</summary>
    public EventSequenceToken(long seqNumber, int eventInd)
    {
        SequenceNumber = seqNumber;
        EventIndex = eventInd;
    }

    /// <summary>For the serializer.</summary>
    public EventSequenceToken()
    {
    }

    [Id(0)]
    public override long SequenceNumber { get; protected set; }

    [Id(1)]
    public override int EventIndex { get; protected set; }

    public override bool Equals(StreamSequenceToken? other) =>
        other is EventSequenceToken && other.SequenceNumber == SequenceNumber && other.EventIndex == EventIndex;

    /// <summary>Compares two tokens of this kind; a null comes first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The other token is of another kind.</exception>
    public override int CompareTo(StreamSequenceToken? other)
    {
        if (other is null)
            return 1;
        if (other is not EventSequenceToken)
            throw new ArgumentOutOfRangeException(nameof(other), other, "Only tokens of one kind can be compared.");
        var byNumber = SequenceNumber.CompareTo(other.SequenceNumber);
        return byNumber != 0 ? byNumber : EventIndex.CompareTo(other.EventIndex);
    }

    public override string ToString() => $"[EventSequenceToken: SeqNum={SequenceNumber}, EventIndex={EventIndex}]";
}
