"""Checks what no schema can: that the rendered manifests fit together, and the bridge's flags.

Its arguments are files with rendered manifests. At the first thing that is wrong it says so, and
ends with 1.
"""

import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
SECONDS = {"s": 1, "m": 60, "h": 3600}
# What ending takes beyond --drain-timeout, with a margin over the 7 s of bridge/src/drain.rs.
SHUTDOWN_GRACE = 10


def check(holds, sentence):
    if not holds:
        sys.exit(f"check.py: {sentence}")


def known_flags():
    """Returns the bridge's flags and environment variables, as its sources declare them."""
    sources = [ROOT / "bridge/src/config.rs", *(ROOT / "bridge/src/config").glob("*.rs")]
    text = "".join(path.read_text() for path in sources)
    variables = set(re.findall(r'env = "(BRIDGE_[A-Z_]+)"', text))
    return {f"--{name.removeprefix('BRIDGE_').lower().replace('_', '-')}" for name in variables}


def seconds(duration):
    return int(duration[:-1]) * SECONDS[duration[-1]]


def check_bundle(documents):
    by_kind = {document["kind"]: document for document in documents}
    deployment = by_kind["Deployment"]["spec"]
    labels = deployment["template"]["metadata"]["labels"]
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]

    flags = dict(word.split("=", 1) for word in container["args"] if word.startswith("--"))
    settings = by_kind["ConfigMap"]["data"]
    given = [f"--{name.removeprefix('BRIDGE_').lower().replace('_', '-')}" for name in settings]
    known = known_flags()
    for flag in [*flags, *given]:
        check(flag in known, f"the bridge has no {flag}")
        check(not (flag in flags and flag in given), f"{flag} is given twice")

    needed = seconds(flags["--lame-duck"]) + seconds(flags["--drain-timeout"]) + SHUTDOWN_GRACE
    grace = pod["terminationGracePeriodSeconds"]
    check(grace > needed, f"a grace period of {grace} s is too short for a drain of {needed} s")

    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    for name, flag in [("http", "--listen"), ("admin", "--admin")]:
        check(flags[flag].endswith(f":{ports[name]}"), f"{flag} is not the port {name}")
    for probe in ["livenessProbe", "readinessProbe"]:
        check(container[probe]["httpGet"]["port"] == "admin", f"{probe} is not for the admin port")
    service = by_kind["Service"]["spec"]
    targets = [port["targetPort"] for port in service["ports"]]
    check(targets == ["http"], f"the Service leads to {targets}, and not to http alone")

    (mount,) = container["volumeMounts"]
    (volume,) = pod["volumes"]
    (item,) = volume["secret"]["items"]
    token = f"{mount['mountPath']}/{item['path']}"
    check(flags["--token-file"] == token, f"--token-file is not {token}, where the Secret is")
    check(volume["secret"]["defaultMode"] == 0o440, "the mode of the token's file is not 0440")
    reference = container["envFrom"][0]["configMapRef"]["name"]
    name = by_kind["ConfigMap"]["metadata"]["name"]
    check(reference == name, f"the Deployment reads {reference}, and the ConfigMap is {name}")

    selectors = [
        deployment["selector"]["matchLabels"],
        service["selector"],
        by_kind["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        by_kind["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"],
    ]
    if "PodMonitor" in by_kind:
        monitor = by_kind["PodMonitor"]["spec"]
        selectors.append(monitor["selector"]["matchLabels"])
        for endpoint in monitor["podMetricsEndpoints"]:
            check(endpoint["port"] == "admin", "the PodMonitor does not scrape the admin port")
    for selector in selectors:
        check(selector.items() <= labels.items(), f"{selector} does not select the Pods")

    if scaler := by_kind.get("HorizontalPodAutoscaler"):
        check("replicas" not in deployment, "the Deployment sets what the autoscaler does")
        (metric,) = scaler["spec"]["metrics"]
        name = metric["pods"]["metric"]["name"].removeprefix("tcp_bridge_")
        series = (ROOT / "bridge/src/metrics/series.rs").read_text()
        check(f'"{name}"' in series, f"the bridge has no series tcp_bridge_{name}")
    else:
        check(deployment["replicas"] == 2, "there are not two replicas")
    print(", ".join(by_kind))


for path in sys.argv[1:]:
    check_bundle(list(yaml.safe_load_all(Path(path).read_text())))
