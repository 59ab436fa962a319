using Engine.CodeGeneration;
using Engine.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Streams;

namespace Engine.Tests.Streams;

internal static class StreamSilo
{
    public const string Provider = "streams";

    public static Task<TestSilo> StartAsync(ConsumerScript script, Action<MemoryStreamOptions>? configure = null) => TestSilo.StartAsync(silo =>
    {
        silo.Services.Replace(ServiceDescriptor.Singleton(TypeManifests.Load()));
        silo.Services.AddSingleton(script);
        silo.Services.Configure(Provider, configure ?? (static _ => { }));
        silo.AddMemoryStreams(Provider, streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
    });

    public static IAsyncStream<string> Stream(this TestSilo silo, string ns, string key = "one") =>
        silo.Client.GetStreamProvider(Provider).GetStream<string>(StreamId.Create(ns, key));
}
