using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Asks silos about their activations, and answers when it is asked.</summary>
internal sealed class ClusterInspection(SiloInspection silo, IClusterViews views, ISiloControl control, Serializer serializer) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>A collection waits for the activations to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public ClusterView View => views.Current;

    public void Participate(ISiloLifecycle observer) =>
        control.Handle(ControlTopic.Inspection, async (_, question, _) => await AnswerAsync(serializer.Deserialize<InspectionQuestion>(question)));

    /// <summary>Asks one silo.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(SiloAddress asked, InspectionQuestion question)
    {
        var answer = await control.AskAsync(asked, ControlTopic.Inspection, serializer.SerializeToArray(question), Patience, CancellationToken.None);
        return serializer.Deserialize<TAnswer>(answer);
    }

    /// <summary>Asks those of the silos that are active; null stands for all.</summary>
    public Task<TAnswer[]> AskAllAsync<TAnswer>(SiloAddress[]? silos, InspectionQuestion question) =>
        Task.WhenAll(View.Active.Where(active => silos is null || silos.Contains(active)).Select(active => AskAsync<TAnswer>(active, question)));

    private async Task<byte[]> AnswerAsync(InspectionQuestion question)
    {
        switch (question.Topic)
        {
            case InspectionTopic.CountByClass:
                return serializer.SerializeToArray(silo.CountByClass().ToArray());
            case InspectionTopic.List:
                return serializer.SerializeToArray(silo.List(question.Classes).ToArray());
            case InspectionTopic.Count:
                return serializer.SerializeToArray(silo.ActivationCount);
            case InspectionTopic.HasActivation:
                return serializer.SerializeToArray(silo.HasActivation(question.Grain));
            case InspectionTopic.Active:
                return serializer.SerializeToArray(silo.Active(question.Type).ToArray());
            case InspectionTopic.Collect:
                await silo.Collect(question.Age);
                return serializer.SerializeToArray(true);
            default:
                throw new NotSupportedException($"The question {(int)question.Topic} is not known here: the asking silo is of a later version.");
        }
    }
}
