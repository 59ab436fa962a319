using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Engine.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Which grain classes are subscribed to which namespaces.</summary>
internal sealed class ImplicitSubscriptions
{
    private readonly ConcurrentDictionary<string, Subscriber[]> _byNamespace = new(StringComparer.Ordinal);
    private readonly Subscriber[] _all;

    public ImplicitSubscriptions(TypeManifestBuilder manifest, IServiceProvider services) =>
        _all = [.. from grainClass in manifest.GrainClasses
                   let predicates = grainClass.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>().Select(a => a.Predicate).ToArray()
                   where predicates.Length > 0
                   select new Subscriber(GrainTypeNames.Of(grainClass, services), typeof(IGrainWithIntegerKey).IsAssignableFrom(grainClass), predicates)];

    /// <summary>The grains to which a stream is delivered.</summary>
    public GrainId[] ConsumersOf(StreamId stream)
    {
        if (stream.GetNamespace() is not { } ns)
            return [];

        var subscribers = _byNamespace.GetOrAdd(ns, static (name, self) => [.. self._all.Where(s => s.Accepts(name))], this);
        if (subscribers.Length == 0)
            return [];

        var consumers = new List<GrainId>(subscribers.Length);
        foreach (var subscriber in subscribers)
        {
            if (subscriber.TryGetKey(stream, out var key))
                consumers.Add(GrainId.Create(subscriber.Type, key));
        }

        return [.. consumers];
    }

    /// <summary>Whether a stream is delivered to a grain.</summary>
    public bool IsConsumer(GrainId grain, StreamId stream) => Array.IndexOf(ConsumersOf(stream), grain) >= 0;

    /// <summary>The subscription of a grain to a stream; its id is the same at every time and in every process.</summary>
    public static StreamSubscription SubscriptionOf(GrainId grain, string providerName, StreamId stream)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{grain.Type}\n{providerName}\n{stream.GetNamespace()}\n{stream.GetKeyAsString()}"), hash);
        return new(new Guid(hash[..16]), providerName, stream);
    }

    /// <summary>The partition of a stream; the same in every process.</summary>
    public static int PartitionOf(StreamId stream, int partitions)
    {
        var hash = StableHash.Of(Encoding.UTF8.GetBytes($"{stream.GetNamespace()}\n{stream.GetKeyAsString()}"));
        return (int)(hash % (uint)partitions);
    }

    private sealed class Subscriber(GrainType type, bool hasIntegerKey, IStreamNamespacePredicate[] predicates)
    {
        public GrainType Type => type;

        public bool Accepts(string ns) => Array.Exists(predicates, p => p.IsMatch(ns));

        /// <summary>The stream's key is the grain's, whatever each of them writes a number like.</summary>
        public bool TryGetKey(StreamId stream, out IdSpan key)
        {
            var text = stream.GetKeyAsString();
            if (!hasIntegerKey)
            {
                key = IdSpan.Create(text);
                return true;
            }

            var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
            key = isNumber ? GrainIdKeyExtensions.CreateIntegerKey(number) : default;
            return isNumber;
        }
    }
}
