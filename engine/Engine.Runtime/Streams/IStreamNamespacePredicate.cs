namespace Orleans.Streams;

/// <summary>Accepts namespaces.</summary>
public interface IStreamNamespacePredicate
{
    /// <summary>The predicate as text.</summary>
    string PredicatePattern { get; }

    bool IsMatch(string streamNamespace);
}
