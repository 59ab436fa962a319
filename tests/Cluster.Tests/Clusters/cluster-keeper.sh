# Ends a cluster as soon as standard input closes, that is, when the test run that started it ends, however it ends.
# Usage: cluster-keeper.sh CLUSTER-SCRIPT FOLDER
trap '' INT TERM HUP
read -r _ || true
"$1" down --now --delete-data > /dev/null 2>&1
rm -rf "$2"
