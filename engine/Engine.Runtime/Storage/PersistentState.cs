using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>The state of one activation and the storage it comes from.</summary>
internal sealed class PersistentState<TState> : IPersistentState<TState>
{
    private readonly IGrainContext _context;
    private readonly IGrainStorage _storage;
    private readonly string _name;
    private readonly GrainState<TState> _state = new(CreateState());

    public PersistentState(IGrainContext context, string name, IGrainStorage storage)
    {
        _context = context;
        _name = name;
        _storage = storage;
        context.ObservableLifecycle.Subscribe($"{nameof(PersistentState<>)} {name}", GrainLifecycleStage.SetupState, ReadStateAsync);
    }

    public TState State
    {
        get => _state.State;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) =>
        Run("read", static (self, token) => self._storage.ReadStateAsync(self._name, self._context.GrainId, self._state, token), cancellationToken, resetsState: true);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        Run("written", static (self, token) => self._storage.WriteStateAsync(self._name, self._context.GrainId, self._state, token), cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken) =>
        Run("cleared", static (self, token) => self._storage.ClearStateAsync(self._name, self._context.GrainId, self._state, token), cancellationToken, resetsState: true);

    /// <exception cref="OrleansException">Whatever the storage threw that is none itself.</exception>
    private async Task Run(string done, Func<PersistentState<TState>, CancellationToken, Task> operation, CancellationToken token, bool resetsState = false)
    {
        try
        {
            await operation(this, token);
        }
        catch (Exception exception) when (exception is not (OrleansException or OperationCanceledException))
        {
            throw new OrleansException($"The state '{_name}' of {_context.GrainId} could not be {done} by {_storage.GetType()}: {exception.Message}", exception);
        }

        if (resetsState && !_state.RecordExists && _state.State is null)
        {
            _state.State = CreateState();
        }
    }

    private static TState CreateState()
    {
        var type = typeof(TState);
        if (type.IsValueType || type.IsAbstract || type.IsArray || type == typeof(string))
        {
            return default!;
        }

        return type.GetConstructor(Type.EmptyTypes) is null ? (TState)RuntimeHelpers.GetUninitializedObject(type) : Activator.CreateInstance<TState>();
    }
}
