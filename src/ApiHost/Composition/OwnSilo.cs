using Crescent.ApiHost.Grains;

namespace Crescent.ApiHost.Composition;

/// <summary>The silo in this process: it is there for as long as the process is.</summary>
internal sealed class OwnSilo : ISiloLink
{
    public bool IsLost => false;
}
