using System.Collections.Immutable;

namespace Crescent.Domain.Inventory;

/// <summary>Something remembered of the last orders, oldest first; no more of them than the limit it is added with.</summary>
public sealed record RecentOrders<T>(ImmutableDictionary<string, T> ByOrder, ImmutableQueue<string> OldestFirst)
{
    internal static readonly RecentOrders<T> None = new(ImmutableDictionary<string, T>.Empty, ImmutableQueue<string>.Empty);

    public bool TryGet(string orderId, out T value) => ByOrder.TryGetValue(orderId, out value!);

    public bool Contains(string orderId) => ByOrder.ContainsKey(orderId);

    /// <param name="forgotten">What the one that had to go was remembered with, or the default.</param>
    internal RecentOrders<T> With(string orderId, T value, int limit, out T? forgotten)
    {
        forgotten = default;
        if (ByOrder.ContainsKey(orderId)) return this with { ByOrder = ByOrder.SetItem(orderId, value) };
        var byOrder = ByOrder.Add(orderId, value);
        var oldestFirst = OldestFirst.Enqueue(orderId);
        if (byOrder.Count > limit)
        {
            oldestFirst = oldestFirst.Dequeue(out var oldest);
            forgotten = byOrder[oldest];
            byOrder = byOrder.Remove(oldest);
        }

        return new RecentOrders<T>(byOrder, oldestFirst);
    }

    /// <summary>Costs as much as there are remembered orders; for the rare case that one of them comes back.</summary>
    internal RecentOrders<T> Without(string orderId) => ByOrder.ContainsKey(orderId)
        ? new RecentOrders<T>(ByOrder.Remove(orderId), ImmutableQueue.CreateRange(OldestFirst.Where(id => id != orderId)))
        : this;
}
