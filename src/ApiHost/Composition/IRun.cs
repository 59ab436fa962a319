namespace Crescent.ApiHost.Composition;

/// <summary>What the host is part of: a process that is all of Crescent, or a cluster.</summary>
internal interface IRun
{
    /// <summary>Where everything is kept, for the first screen.</summary>
    string Data { get; }

    /// <summary>Opens what must be there before the host starts, so that what cannot be used stops the start and not the first request.</summary>
    void Open(IServiceProvider services);

    /// <summary>Gives back what this process claimed, when the host could not be built.</summary>
    void Abandon();

    /// <summary>What the host does when it listens.</summary>
    Task WelcomeAsync(WebApplication app, TextWriter output);
}
