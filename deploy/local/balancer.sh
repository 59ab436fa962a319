# nginx before the API hosts, with the configuration that the containers use too (deploy/nginx/crescent.conf.template).

start_balancer() {
  local servers= name text
  service_folder "$balancer_folder"
  for name in "${api_hosts[@]}"; do servers+="server 127.0.0.1:$(port_of "$name") max_fails=0; "; done
  text=$(< deploy/nginx/crescent.conf.template)
  text=${text//'${API_SERVERS}'/$servers}
  text=${text//'${LISTEN}'/127.0.0.1:$(port_of balancer)}
  # All clients are on this machine: the API hosts need not be told where a request came from.
  text=${text//'${FORWARDED_FOR}'/}
  local user=
  [ "$(id -u)" != 0 ] || user="user $service_user $(id -gn "$service_user");"
  cat > "$balancer_folder/nginx.conf" << CONF
daemon off;
$user
worker_processes 1;
pid $balancer_folder/nginx.pid;
events { worker_connections 4096; }
http {
    access_log off;
    client_body_temp_path $balancer_folder/body;
    proxy_temp_path $balancer_folder/proxy;
    fastcgi_temp_path $balancer_folder/fastcgi;
    uwsgi_temp_path $balancer_folder/uwsgi;
    scgi_temp_path $balancer_folder/scgi;
$text
}
CONF
  launch balancer "$(nginx_binary)" -p "$balancer_folder" -e stderr -c "$balancer_folder/nginx.conf"
}
