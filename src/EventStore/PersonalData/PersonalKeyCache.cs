namespace Crescent.EventStore.PersonalData;

/// <summary>The keys used last, destroyed ones included; the one unused for longest makes room.</summary>
sealed class PersonalKeyCache(int capacity)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, LinkedListNode<PersonalKey>> _nodes = [];
    readonly LinkedList<PersonalKey> _byUse = [];

    public PersonalKey? Find(string subjectId)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(subjectId, out var node)) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Keeps a key that was just read, unless one is there: that one may have been destroyed meanwhile.</summary>
    public PersonalKey Add(PersonalKey key)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(key.SubjectId, out var node)) return node.Value;
            Insert(key);
            return key;
        }
    }

    /// <summary>Makes everybody who holds the subject's key read erased values from now on.</summary>
    public void Destroy(string subjectId)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(subjectId, out var node)) node.Value.Dispose();
            else Insert(PersonalKey.Destroyed(subjectId));
        }
    }

    void Insert(PersonalKey key)
    {
        _nodes[key.SubjectId] = _byUse.AddFirst(key);
        if (_nodes.Count <= capacity) return;
        // Not disposed: somebody may be using it.
        _nodes.Remove(_byUse.Last!.Value.SubjectId);
        _byUse.RemoveLast();
    }
}
