namespace Crescent.EventStore.PersonalData;

/// <summary>The keys used last, destroyed ones included; the one unused for longest makes room.</summary>
/// <param name="lifetime">
/// How long a key counts as not destroyed without asking; without end where no other process can destroy it.
/// </param>
sealed class PersonalKeyCache(int capacity, TimeSpan lifetime, TimeProvider time)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, LinkedListNode<Entry>> _nodes = [];
    readonly LinkedList<Entry> _byUse = [];
    long _trustedSince = long.MinValue;

    /// <summary>Null if the key is not here, or must be read again.</summary>
    public PersonalKey? Find(string subjectId)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(subjectId, out var node) || IsStale_NeedsLock(node.Value)) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Key;
        }
    }

    /// <summary>Keeps a key that was just read, unless one is there: that one may have been destroyed meanwhile.</summary>
    public PersonalKey Add(PersonalKey key)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key.SubjectId, out var node))
            {
                Insert_NeedsLock(key);
                return key;
            }

            // Whoever holds the key from before must notice that another process destroyed it.
            if (key.IsDestroyed) node.Value.Key.Dispose();
            node.Value.ReadAt = time.GetTimestamp();
            return node.Value.Key;
        }
    }

    /// <summary>Makes everybody who holds the subject's key read erased values from now on.</summary>
    public void Destroy(string subjectId)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(subjectId, out var node)) node.Value.Key.Dispose();
            else Insert_NeedsLock(PersonalKey.Destroyed(subjectId));
        }
    }

    /// <summary>Has every key read again before its next use: news of destroyed ones may have been missed.</summary>
    public void Distrust()
    {
        lock (_gate) _trustedSince = time.GetTimestamp();
    }

    bool IsStale_NeedsLock(Entry entry) => !entry.Key.IsDestroyed
        && (entry.ReadAt < _trustedSince || lifetime != Timeout.InfiniteTimeSpan && time.GetElapsedTime(entry.ReadAt) > lifetime);

    void Insert_NeedsLock(PersonalKey key)
    {
        _nodes[key.SubjectId] = _byUse.AddFirst(new Entry(key) { ReadAt = time.GetTimestamp() });
        if (_nodes.Count <= capacity) return;
        // Not disposed: somebody may be using it.
        _nodes.Remove(_byUse.Last!.Value.Key.SubjectId);
        _byUse.RemoveLast();
    }

    sealed class Entry(PersonalKey key)
    {
        public PersonalKey Key => key;

        public long ReadAt { get; set; }
    }
}
