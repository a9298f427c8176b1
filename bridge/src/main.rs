//! The `tcp-bridge` command: arguments, logging, listeners, signals, and the exit status.

use std::env;
use std::io::{self, Write as _};
use std::process::ExitCode;

use bridge::access::{self, Entry};
use bridge::addresses::Urls;
use bridge::admin;
use bridge::config::{Check, Command, Config, Echo, LogFormat};
use bridge::echo_server::{self, Bound};
use bridge::listen::{Inherited, ListenAddress, Listener, with_advice};
use bridge::targets::Target;
use bridge::tls::{Authority, ServerTls};
use bridge::{check, descriptors};
use echo_core::fault::Fault;
use echo_core::shell::word;
use tokio::runtime::Runtime;
use tokio::time::Duration;
use tokio_util::sync::CancellationToken;

use logging::Log;

mod logging;
mod service_manager;
mod signals;

/// How long the end of the process waits for a look-up that is still under way.
const EXIT_TIMEOUT: Duration = Duration::from_millis(100);

fn main() -> ExitCode {
    let inherited = Inherited::take();
    let command = Command::parse(env::args_os()).unwrap_or_else(|error| error.exit());
    let format = match &command {
        Command::Serve(config) => config.admin.log_format,
        Command::Echo(_) | Command::Check(_) => LogFormat::Text,
    };
    let log = match Log::start(format) {
        Ok(log) => log,
        Err(error) => {
            // Without the log's thread there is no queue, and this write may block.
            eprintln!("tcp-bridge: cannot start the log's thread: {error}");
            return ExitCode::FAILURE;
        }
    };
    run(command, inherited).unwrap_or_else(|error| {
        log.print(&format!("tcp-bridge: {error}"));
        ExitCode::FAILURE
    })
}

/// Runs `command`, with the sockets that were handed over, and returns the exit status.
fn run(command: Command, inherited: Inherited) -> io::Result<ExitCode> {
    let runtime = Runtime::new()?;
    let code = runtime.block_on(async {
        match command {
            Command::Serve(config) => serve(*config, inherited).await.map(|()| ExitCode::SUCCESS),
            Command::Echo(echo) => echo_alone(echo).await.map(|()| ExitCode::SUCCESS),
            Command::Check(check) => check_once(check).await,
        }
    });
    runtime.shutdown_timeout(EXIT_TIMEOUT);
    code
}

/// Prints a line on standard output. An error is ignored, since a server can go on without it.
fn announce(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

async fn serve(mut config: Config, inherited: Inherited) -> io::Result<()> {
    if let Err(sentence) = descriptors::raise(config.max_sessions) {
        tracing::warn!("{sentence}");
    }
    let mut listeners = inherited.listen()?;
    for address in config.listen.addresses(!listeners.is_empty()) {
        listeners.push(Listener::bind(&address, "--listen")?);
    }
    let admin = match &config.admin.address {
        Some(address) => Some(admin::Listener::bind(address)?),
        None => None,
    };
    let stop = signals::first()?;
    access::prepare(&mut config, &listeners)?;
    bridge::prepare_https(&mut config)?;
    let is_https = config.acceptor.is_some();
    for listener in &listeners {
        announce_listener(&listener.address()?, is_https, config.entry.as_ref());
    }
    if let Some(file) = config.access.token_file.as_deref() {
        announce(&format!("The token is the one in {}", file.display()));
    }
    match admin.as_ref().map(admin::Listener::address) {
        Some(ListenAddress::Tcp(address)) => {
            announce(&format!("Metrics at http://{address}/metrics"));
        }
        Some(address) => announce(&format!("Metrics at {address}, path /metrics")),
        None => {}
    }
    service_manager::notify_ready();
    let stop = async {
        let shutdown = stop.await;
        service_manager::notify_stopping();
        shutdown
    };
    bridge::run(listeners, admin, config, stop).await
}

/// Prints how to open the page at an address on which the bridge listens.
fn announce_listener(address: &ListenAddress, is_https: bool, entry: Option<&Entry>) {
    let ListenAddress::Tcp(address) = address else {
        return announce(&format!("Listening on {address}"));
    };
    let urls = Urls::of(*address, is_https);
    let printed = |url: &str| entry.map_or(url.into(), |entry| entry.printed(url));
    announce(&format!("Open {}", printed(&urls.here)));
    if let Some(url) = urls.network {
        announce(&format!("Others in the network open {}", printed(&url)));
    }
}

async fn echo_alone(echo: Echo) -> io::Result<()> {
    let at = echo.listen.clone();
    if let Some(fault) = echo.fault.as_ref().filter(|fault| !fault.listens()) {
        return refuse(&at, fault).await;
    }
    let listeners = own(&at, echo_server::bind(&at.host, at.port).await)?;
    let signal = signals::first()?;
    let with = echo.fault.as_ref().map(|fault| format!(" with {fault}")).unwrap_or_default();
    let target = echo_server::target(&at.host, &listeners)?;
    let tls = echo_tls(&echo)?;
    announce(&format!("Listening on {target}{with}"));
    if tls.is_some() {
        let file = word(&echo.tls_ca_file.to_string_lossy());
        announce(&format!("Over TLS: tcp-bridge check tls://{target} --tls-ca {file}"));
    }
    let stop = CancellationToken::new();
    let serving = echo_server::serve(listeners, echo.fault, tls, stop.clone());
    let serving = tokio::spawn(serving);
    signal.await;
    stop.cancel();
    serving.await.map_err(io::Error::other)
}

/// Returns how the echo server speaks TLS, if it does, and writes its authority's certificate.
fn echo_tls(echo: &Echo) -> io::Result<Option<ServerTls>> {
    let fault = echo.fault.as_ref();
    let speaks_tls = match fault {
        Some(fault) if fault.is_over_tls() => fault.server_speaks_tls(),
        _ => echo.tls,
    };
    if !speaks_tls {
        return Ok(None);
    }
    let authority = Authority::new()?;
    let file = &echo.tls_ca_file;
    std::fs::write(file, authority.pem()).map_err(|error| {
        let sentence = format!(
            "cannot write the certificate of the issuer to {}: {error}; --tls-ca-file takes \
             another file",
            file.display()
        );
        io::Error::new(error.kind(), sentence)
    })?;
    authority.certify(fault, &[echo.listen.host.server_name()]).map(Some)
}

/// Holds the address without listening, so that connections are refused, until a signal.
async fn refuse(at: &Target, fault: &Fault) -> io::Result<()> {
    let held = own(at, echo_server::hold(&at.host, at.port).await)?;
    let signal = signals::first()?;
    let target = Target { host: at.host.clone(), port: held[0].local_addr()?.port() };
    announce(&format!(
        "Nothing listens on {target} ({fault}): connections are refused, until Ctrl-C"
    ));
    signal.await;
    Ok(())
}

/// Returns the sockets that were bound to `at`, or an error that says why there are none.
fn own<T>(at: &Target, bound: io::Result<Bound<T>>) -> io::Result<Vec<T>> {
    match bound {
        Ok(Bound::Own(sockets)) => Ok(sockets),
        Ok(Bound::Taken(address)) => {
            let sentence =
                format!("something listens on {address} already; --listen takes another address");
            Err(io::Error::new(io::ErrorKind::AddrInUse, sentence))
        }
        Err(error) => {
            let error = with_advice(error, "--listen");
            Err(io::Error::new(error.kind(), format!("cannot listen on {at}: {error}")))
        }
    }
}

/// Runs the tutorial's client once. The exit status is 0 only if the reply is the message.
async fn check_once(check: Check) -> io::Result<ExitCode> {
    let is_echo = check::run(&check, &mut io::stdout()).await?;
    Ok(if is_echo { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
