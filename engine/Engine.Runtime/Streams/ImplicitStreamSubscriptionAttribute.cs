using Orleans.Streams;

namespace Orleans;

/// <summary>Every stream of a namespace is delivered to the grain of this class that has the stream's key.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute : Attribute
{
    /// <summary>Streams of one namespace.</summary>
    public ImplicitStreamSubscriptionAttribute(string streamNamespace, string? streamIdMapper = null)
        : this(new ExactNamespace(streamNamespace), streamIdMapper)
    {
    }

    /// <summary>Streams whose namespace a predicate accepts.</summary>
    public ImplicitStreamSubscriptionAttribute(IStreamNamespacePredicate predicate, string? streamIdMapper = null)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        if (streamIdMapper is not null)
            throw new NotSupportedException("A stream's key is the key of its consumer; other mappings are not supported.");
        Predicate = predicate;
    }

    /// <summary>Which namespaces.</summary>
    public IStreamNamespacePredicate Predicate { get; }

    private sealed class ExactNamespace : IStreamNamespacePredicate
    {
        public ExactNamespace(string streamNamespace)
        {
            ArgumentNullException.ThrowIfNull(streamNamespace);
            PredicatePattern = streamNamespace;
        }

        public string PredicatePattern { get; }
        public bool IsMatch(string streamNamespace) => string.Equals(streamNamespace, PredicatePattern, StringComparison.Ordinal);
    }
}
