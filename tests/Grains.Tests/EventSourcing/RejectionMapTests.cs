using System.Reflection;
using Crescent.Domain;

namespace Crescent.Grains.Tests.EventSourcing;

public sealed class RejectionMapTests
{
    /// <summary>Each static Describe(rejection) of the grains with each rejection it takes.</summary>
    public static TheoryData<string, string> Rejections
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var describe in Maps())
                foreach (var rejection in Enum.GetNames(describe.GetParameters()[0].ParameterType))
                    data.Add($"{describe.DeclaringType!.FullName}/{describe.GetParameters()[0].ParameterType.FullName}", rejection);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rejections))]
    public void Describe_EveryRejectionOfTheDomain_HasAReasonAndASentence(string map, string rejection)
    {
        var describe = Maps().Single(it => $"{it.DeclaringType!.FullName}/{it.GetParameters()[0].ParameterType.FullName}" == map);

        dynamic refusal = describe.Invoke(null, [Enum.Parse(describe.GetParameters()[0].ParameterType, rejection)])!;

        Assert.EndsWith(".", (string)refusal.Detail, StringComparison.Ordinal);
        Assert.True(Enum.IsDefined(refusal.Reason));
    }

    static IEnumerable<MethodInfo> Maps() =>
        from type in typeof(GrainServices).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where method.Name == "Describe" && method.GetParameters() is [{ ParameterType: { IsEnum: true } parameter }] && parameter.Assembly == typeof(Money).Assembly
        select method;
}
