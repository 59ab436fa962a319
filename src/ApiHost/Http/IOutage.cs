namespace Crescent.ApiHost.Http;

/// <summary>Knows the failures of what this host stands on from failures of its own.</summary>
internal interface IOutage
{
    /// <summary>Whether something that is asked over a network does not answer now; the same request may work later.</summary>
    bool Is(Exception exception);
}
