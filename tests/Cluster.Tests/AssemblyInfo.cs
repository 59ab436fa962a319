// All tests share one cluster, and some of them kill its parts.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
