using System.Collections.Concurrent;
using Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>The activations of a silo, at most one a grain.</summary>
internal sealed partial class Catalog : IKillable, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainType, GrainClass> _classes = new();
    private readonly ILogger _logger;
    private readonly GrainClassMap _classMap;
    private readonly GrainCollectionOptions _collection;
    private readonly SiloMessagingOptions _messaging;
    private readonly Func<GrainType, GrainClass> _makeClass;
    private SiloDispatcher? _dispatcher;
    private ITimer? _collector;

    public Catalog(
        IServiceProvider services,
        GrainClassMap classMap,
        CodecProvider codecs,
        TimeProvider time,
        ILocalSiloDetails silo,
        IClusterViews views,
        IHandOver handOver,
        EngineMetrics metrics,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        IOptions<CallDiagnosticsOptions> diagnostics,
        ILogger<Catalog> logger)
    {
        Services = services;
        Codecs = codecs;
        Time = time;
        SiloAddress = silo.SiloAddress;
        Metrics = metrics;
        Views = views;
        HandOver = handOver;
        _logger = logger;
        _classMap = classMap;
        _collection = collection.Value;
        _messaging = messaging.Value;
        _makeClass = type => new GrainClass(type, _classMap.ClassOf(type) ?? throw new ArgumentException($"There is no grain class of type '{type}'."), this, _collection);
        RoundTrip = diagnostics.Value.RoundTripsCalls ? new RoundTrip(codecs, services.GetRequiredService<Serializer>()) : null;
        QueueLimit = _messaging.MaxEnqueuedRequestsHardLimit;
        DropsExpired = _messaging.DropExpiredMessages;
        metrics.ObserveActivations(() => _activations.Count);
    }

    public IServiceProvider Services { get; }

    public CodecProvider Codecs { get; }

    /// <summary>Only in tests.</summary>
    public RoundTrip? RoundTrip { get; }

    public TimeProvider Time { get; }

    public SiloAddress SiloAddress { get; }

    public EngineMetrics Metrics { get; }

    public IHandOver HandOver { get; }

    private IClusterViews Views { get; }

    public ILogger Logger => _logger;

    /// <summary>The silo's incoming filters. They may use grains themselves and so are found only when the silo starts.</summary>
    public IIncomingGrainCallFilter[] Filters { get; private set; } = [];

    public CallClock Clock => _dispatcher!.Clock;

    /// <summary>Calls that may wait at one activation; 0 for no bound.</summary>
    public int QueueLimit { get; }

    public bool DropsExpired { get; }

    public long MaxProcessingTimestamp { get; private set; }

    public TimeSpan ActivationTimeout => _collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    public int Count => _activations.Count;

    /// <summary>The activations as they are while this is read.</summary>
    public IEnumerable<Activation> Activations => _activations.Select(entry => entry.Value);

    public void Start(SiloDispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        MaxProcessingTimestamp = dispatcher.Clock.ToTimestamp(_messaging.MaxRequestProcessingTime);
        _collector = Time.CreateTimer(static catalog => ((Catalog)catalog!).Review(), this, _collection.CollectionQuantum, _collection.CollectionQuantum);
    }

    /// <summary>
    /// Whether the grain belongs to this silo. A grain that moves away is looked for among the activations only after the new
    /// view can be seen: an activation that is among them before it asks is either found, or finds out itself.
    /// </summary>
    public bool Owns(GrainId grain) => SiloAddress.Equals(Views.Current.OwnerOf(grain));

    public void UseFilters(IEnumerable<IIncomingGrainCallFilter> filters) => Filters = [.. filters];

    /// <exception cref="ArgumentException">There is no such grain class.</exception>
    public Activation GetOrCreate(GrainId grainId) =>
        _activations.TryGetValue(grainId, out var activation) ? activation : Create(grainId);

    /// <summary>The grain's activation, if it has one here.</summary>
    public Activation? Find(GrainId grainId) => _activations.GetValueOrDefault(grainId);

    public GrainReference UntypedReference(GrainId grainId) => _dispatcher!.UntypedReference(grainId);

    /// <summary>Brings a call from an ended activation to the next one.</summary>
    public void Forward(GrainCall call)
    {
        if (call.ForwardCount++ >= _messaging.MaxForwardCount)
        {
            call.Reject(new OrleansMessageRejectionException($"The call to {call.TargetId} was passed on {_messaging.MaxForwardCount} times and found only activations that were ending."));
            return;
        }

        _dispatcher!.Deliver(call);
    }

    public void Remove(Activation activation)
    {
        if (_activations.TryRemove(new(activation.GrainId, activation)))
        {
            Metrics.ActivationDestroyed();
        }
    }

    /// <summary>Deactivates all, until none is left or the token is cancelled.</summary>
    public async Task DeactivateAll(CancellationToken token)
    {
        _collector?.Dispose();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down");
        while (!_activations.IsEmpty && !token.IsCancellationRequested)
        {
            // Deactivation hooks may call other grains and so bring them up again.
            var ending = Activations.Select(activation =>
            {
                activation.Deactivate(reason, token);
                return activation.Deactivated;
            }).ToList();
            await Task.WhenAll(ending).WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_activations.IsEmpty)
        {
            LogShutdownIncomplete(_activations.Count);
        }
    }

    public ValueTask KillAsync()
    {
        _collector?.Dispose();
        foreach (var activation in Activations)
        {
            activation.Kill();
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose() => _collector?.Dispose();

    private Activation Create(GrainId grainId)
    {
        var grainClass = _classes.GetOrAdd(grainId.Type, _makeClass);
        var created = new Activation(grainId, grainClass);
        var activation = _activations.GetOrAdd(grainId, created);
        if (ReferenceEquals(activation, created))
        {
            Metrics.ActivationCreated();
        }

        return activation;
    }

    private void Review()
    {
        var now = Time.GetTimestamp();
        foreach (var activation in Activations)
        {
            activation.Review(now);
        }
    }
}
