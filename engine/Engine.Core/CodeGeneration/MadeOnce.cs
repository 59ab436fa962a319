using System.Collections.Concurrent;

namespace Engine.CodeGeneration;

/// <summary>
/// Makes one item a type. Items need each other, also in circles: while one is being made, the others find it unfinished, and
/// nobody else sees any of them before all are finished.
/// </summary>
internal sealed class MadeOnce<TItem>(Lock gate, Func<Type, TItem> create, Action<TItem> bind) where TItem : class
{
    private readonly ConcurrentDictionary<Type, TItem> _made = new();
    private readonly Dictionary<Type, TItem> _making = [];
    private int _depth;

    /// <summary>Whether the thread that holds the gate is making an item.</summary>
    public bool IsMaking => _depth > 0;

    public TItem Get(Type type) => _made.TryGetValue(type, out var item) ? item : Make(type);

    private TItem Make(Type type)
    {
        lock (gate)
        {
            if (_made.TryGetValue(type, out var item) || _making.TryGetValue(type, out item))
                return item;

            var succeeded = false;
            _depth++;
            try
            {
                item = create(type);
                _making.Add(type, item);
                bind(item);
                succeeded = true;
                return item;
            }
            finally
            {
                if (--_depth == 0)
                    Finish(succeeded);
            }
        }
    }

    private void Finish(bool succeeded)
    {
        if (succeeded)
        {
            foreach (var (type, item) in _making)
                _made[type] = item;
        }

        _making.Clear();
    }
}
