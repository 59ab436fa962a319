# Build from the root of the repository: docker build -f deploy/docker/sandbox.Dockerfile .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG ORLEANS_SOURCE=nuget
WORKDIR /source
COPY . .
RUN dotnet publish src/ProviderSandbox -c Release -p:OrleansSource=$ORLEANS_SOURCE -o /program

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /program
COPY --from=build /program .
ENV ASPNETCORE_URLS=http://+:8080
RUN mkdir -p /var/lib/crescent/mail && chown -R $APP_UID /var/lib/crescent
USER $APP_UID
# The image has bash and nothing else that speaks HTTP.
HEALTHCHECK --interval=3s --timeout=5s --start-period=60s CMD ["bash", "-c", "exec 3<> /dev/tcp/127.0.0.1/8080; printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3; head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "Crescent.ProviderSandbox.dll"]
