using System.Buffers;
using System.Net;
using Engine.Tests.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Networking;

namespace Engine.Tests.Networking;

/// <summary>Damaged input over real sockets: it closes its own connection and does nothing else.</summary>
[Collection(nameof(Fuzzing))]
public sealed class FuzzTests
{
    private const int Frames = 100_000;
    private const int Workers = 3;
    private const long MaxGrowth = 64 * 1024 * 1024;

    [Fact]
    public async Task Gateway_UnderDamagedFrames_ServesItsHealthyClients()
    {
        await using var cluster = await StartClusterAsync();
        var samples = await SampleAsync(cluster);
        var healthy = await cluster.StartClientAsync();
        var endpoint = new IPEndPoint(IPAddress.Loopback, cluster.Silos[0].GatewayPort);
        var preamble = Bytes(Preamble.Of(new("dev", null, Guid.CreateVersion7()), SiloAddress.New(endpoint, 0)));

        await AttackAsync(new(endpoint, preamble, samples, seed: 20261003), healthy);
    }

    [Fact]
    public async Task Silo_UnderDamagedFrames_ServesItsHealthyClients()
    {
        await using var cluster = await StartClusterAsync();
        var samples = await SampleAsync(cluster);
        var healthy = await cluster.StartClientAsync();
        var silo = cluster.Silos[0].Address;
        var stranger = SiloAddress.New(IPAddress.Loopback, 1, SiloAddress.AllocateNewGeneration());
        var preamble = Bytes(Preamble.Of(new("dev", stranger, null), silo));
        byte[][] ofSilos = [.. Enumerable.Range(0, 40).Select(topic => Networking.Frames.Bytes(FrameKind.Control, topic % 2, [(byte)topic, .. Networking.Frames.Body(30)]))];

        await AttackAsync(new(silo.Endpoint, preamble, [.. samples, .. ofSilos], seed: 20261004), healthy);
    }

    private static Task<SmallCluster> StartClusterAsync() => SmallCluster.StartAsync(1, static silo =>
    {
        // What a damaged request would leave counted would soon reach these.
        silo.Services.Configure<CallOptions>(static options => (options.MaxRequests, options.MaxRequestsOfOneCaller, options.MaxWaitingForView) = (500, 400, 100));
        silo.Services.Configure<ConnectionOptions>(static options => options.OpenConnectionTimeout = TimeSpan.FromSeconds(2));
    });

    private static async Task AttackAsync(Fuzzer fuzzer, IClusterClient healthy)
    {
        await EchoAsync(healthy);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var attack = fuzzer.RunAsync(Frames, Workers);
        var served = 0;
        while (!attack.IsCompleted)
        {
            await EchoAsync(healthy);
            served++;
        }

        await attack;
        await EchoAsync(healthy);

        Assert.InRange(fuzzer.Frames, Frames, int.MaxValue);
        Assert.InRange(fuzzer.Preambles, Frames / 100, int.MaxValue);
        Assert.InRange(served, 100, int.MaxValue);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MaxGrowth);
    }

    private static async Task EchoAsync(IClusterClient client)
    {
        var text = Guid.CreateVersion7().ToString();
        var echo = await client.GetGrain<IRoamer>("healthy").Echo(new() { Text = text, Numbers = [1, 2] }).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(text, echo.Text);
        Assert.Equal([1, 2, 2], echo.Numbers);
    }

    /// <summary>What a real client sends.</summary>
    private static async Task<IReadOnlyList<byte[]>> SampleAsync(SmallCluster cluster)
    {
        using var tap = new FrameTap(new(IPAddress.Loopback, cluster.Silos[0].GatewayPort));
        using (var client = await SmallCluster.StartClientAtAsync(tap.Port))
        {
            var grains = client.Services.GetRequiredService<IClusterClient>();
            var grain = grains.GetGrain<IRoamer>("sample");
            RequestContext.Set("tenant", "sample");
            await grain.Where();
            await grain.Nothing();
            await grain.Echo(new() { Text = "a parcel", Numbers = [1, 2, 3] });
            await grain.ReadContext("tenant");
            await grain.Large(10);
            RequestContext.Clear();
            await client.StopAsync(TestContext.Current.CancellationToken);
        }

        var frames = await tap.GetFramesAsync();
        Assert.InRange(frames.Count, 6, int.MaxValue);
        return frames;
    }

    private static byte[] Bytes(Preamble preamble)
    {
        var output = new ArrayBufferWriter<byte>();
        preamble.Write(output);
        return output.WrittenSpan.ToArray();
    }
}
