using Crescent.ApiHost.Tests.Hosting;

[assembly: AssemblyFixture(typeof(HostFixture))]

namespace Crescent.ApiHost.Tests.Hosting;

/// <summary>One Crescent that all tests share which do not need settings of their own; each makes its own users and products.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    RunningCrescent? _host;

    public RunningCrescent Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync() => _host = await NewCrescent.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
