using System.Buffers;
using Engine.CodeGeneration;
using Engine.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Runtime;

namespace Engine.Tests.Messaging;

/// <summary>Silos whose contracts are one version apart.</summary>
public sealed class VersionTests
{
    private const string Contract = "Engine.Tests.Messaging.IRoamer";

    [Fact]
    public async Task Call_ReceiverDoesNotKnowTheInterface_IsRejectedAndOthersGoOn()
    {
        await using var cluster = await SmallCluster.StartAsync(1);
        var older = await cluster.AddSiloAsync(silo => silo.Services.Replace(ServiceDescriptor.Singleton(Without(name: Contract, method: null))));
        cluster.Install([.. cluster.Silos]);

        var thrown = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(older)).Nothing());

        Assert.Contains(Contract, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(1, await cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(older, 1)).AsReference<ICountingExtension>().Next());
    }

    [Fact]
    public async Task Call_ReceiverDoesNotKnowTheMethod_IsRejectedAndOthersGoOn()
    {
        await using var cluster = await SmallCluster.StartAsync(1);
        var older = await cluster.AddSiloAsync(silo => silo.Services.Replace(ServiceDescriptor.Singleton(Without(Contract, nameof(IRoamer.Nothing)))));
        cluster.Install([.. cluster.Silos]);
        var grain = cluster.Silos[0].Client.GetGrain<IRoamer>(cluster.KeyOn(older));

        var thrown = await Assert.ThrowsAsync<OrleansMessageRejectionException>(grain.Nothing);

        Assert.Contains("another version", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(older.Name, await grain.Where());
    }

    [Fact]
    public void ReadArguments_MoreThanTheMethodTakes_AreSkipped()
    {
        var manifest = TestSilo.Manifest();
        var newer = CallOf(manifest, nameof(IRoamer.Throw));
        newer.SetArgument(0, "text");
        newer.SetArgument(1, 42);

        var older = Pass(manifest, newer, CallOf(manifest, nameof(IRoamer.ReadContext)));

        Assert.Equal("text", older.GetArgument(0));
    }

    [Fact]
    public void ReadArguments_FewerThanTheMethodTakes_KeepTheirDefaults()
    {
        var manifest = TestSilo.Manifest();
        var older = CallOf(manifest, nameof(IRoamer.ReadContext));
        older.SetArgument(0, "text");

        var newer = Pass(manifest, older, CallOf(manifest, nameof(IRoamer.Throw)));

        Assert.Equal(("text", 0), (newer.GetArgument(0), newer.GetArgument(1)));
    }

    private static GrainCall CallOf(TypeManifestBuilder manifest, string method)
    {
        var registration = manifest.InterfacesByName[Contract];
        return registration.CreateCall(registration.Methods.Single(candidate => candidate.Name == method).Id)!;
    }

    private static GrainCall Pass(TypeManifestBuilder manifest, GrainCall sent, GrainCall received)
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var codecs = new CodecProvider(services, manifest);
        var output = new ArrayBufferWriter<byte>();
        using (var session = codecs.Sessions.GetSession())
        {
            var writer = new Writer(output, session);
            sent.WriteArguments(ref writer);
            writer.Commit();
        }

        using (var session = codecs.Sessions.GetSession())
        {
            var reader = new Reader(output.WrittenSpan, session);
            received.ReadArguments(ref reader);
            Assert.Equal(0, reader.Remaining);
        }

        return received;
    }

    /// <summary>What this assembly's manifest was before the interface, or one method of it, was added.</summary>
    private static TypeManifestBuilder Without(string name, string? method)
    {
        var manifest = TestSilo.Manifest();
        var registration = manifest.InterfacesByName[name];
        if (method is null)
        {
            manifest.InterfacesByName.Remove(name);
            return manifest;
        }

        var missing = registration.Methods.Single(candidate => candidate.Name == method).Id;
        manifest.InterfacesByName[name] = registration with { CreateCall = id => id == missing ? null : registration.CreateCall(id) };
        return manifest;
    }
}
