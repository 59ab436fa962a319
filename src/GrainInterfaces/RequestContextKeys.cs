namespace Crescent.GrainInterfaces;

/// <summary>Names under which a caller may leave text in Orleans' <c>RequestContext</c>; stored with each event the call causes.</summary>
public static class RequestContextKeys
{
    /// <summary>What ties together everything one request set off; by default its command id.</summary>
    public const string CorrelationId = "crescent.correlation-id";

    /// <summary>The event or command that directly caused this one.</summary>
    public const string CausationId = "crescent.causation-id";
}
