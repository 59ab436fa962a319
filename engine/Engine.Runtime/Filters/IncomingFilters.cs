using System.Collections.Concurrent;
using System.Reflection;
using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>What the calls of one grain class go through: the silo's incoming filters, then the grain itself if it is a filter.</summary>
internal sealed class IncomingFilters : ICallFilters
{
    private readonly IIncomingGrainCallFilter[] _filters;
    private readonly bool _isGrainFilter;
    private readonly ConcurrentDictionary<(Type Class, GrainMethod Method), MethodInfo> _implementations = new();

    private IncomingFilters(IIncomingGrainCallFilter[] filters, bool isGrainFilter)
    {
        _filters = filters;
        _isGrainFilter = isGrainFilter;
    }

    /// <summary>The filters of a class; null if there are none, so that calls cost nothing.</summary>
    public static IncomingFilters? Of(Type grainClass, IIncomingGrainCallFilter[] filters)
    {
        var isGrainFilter = typeof(IIncomingGrainCallFilter).IsAssignableFrom(grainClass);
        return filters.Length > 0 || isGrainFilter ? new(filters, isGrainFilter) : null;
    }

    public ValueTask<TResult> Invoke<TResult>(GrainCall<TResult> call, object target) => new Context<TResult>(this, call, target).Run();

    private MethodInfo ImplementationOf(GrainMethod method, Type targetClass) =>
        _implementations.GetOrAdd((targetClass, method), static key =>
        {
            var map = key.Class.GetInterfaceMap(key.Method.InterfaceType);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, key.Method.Info)];
        });

    private sealed class Context<TResult>(IncomingFilters all, GrainCall<TResult> call, object target)
        : GrainCallContext<TResult>(call, all._filters.Length + (all._isGrainFilter ? 1 : 0)), IIncomingGrainCallContext
    {
        private readonly Activation _activation = (Activation)call.Receiver!;

        public override object Grain => _activation.GrainInstance!;

        public override GrainId? SourceId { get; } = call.SourceId is { IsDefault: false } source ? source : null;

        public override GrainId TargetId => _activation.GrainId;

        public IGrainContext TargetContext => _activation;

        public MethodInfo ImplementationMethod => all.ImplementationOf(Call.Method, target.GetType());

        protected override Task InvokeFilter(int index) =>
            (index < all._filters.Length ? all._filters[index] : (IIncomingGrainCallFilter)Grain).Invoke(this);

        protected override ValueTask<TResult> CallMethod() => Call.InvokeMethod(target);
    }
}
