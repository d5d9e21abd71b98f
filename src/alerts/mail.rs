//! Mail by SMTP.

use std::time::Duration;

use lettre::{
    Message as Mail, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};

use super::{Alerts, sending::SendError, template::Message};
use crate::config::{MailTls, Smtp};

/// How long the server may take for one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest subject, in characters.
const LONGEST_SUBJECT: usize = 200;

/// Sends a message to the configured receivers, or to the one it names.
pub(super) async fn send(alerts: &Alerts, smtp: &Smtp, message: &Message) -> Result<(), SendError> {
    let password = alerts.secret(smtp.password()).await.map_err(SendError::lasting)?;
    let mail = compose(smtp, message)?;
    let transport = transport(smtp, password)?;
    let sent = tokio::task::spawn_blocking(move || transport.send(&mail)).await;
    match sent {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => {
            let status = error.status().map(u16::from);
            Err(SendError { status, ..SendError::passing(format!("{} did not take the mail: {error}", smtp.host)) })
        }
        Err(error) => Err(SendError::passing(error.to_string())),
    }
}

fn compose(smtp: &Smtp, message: &Message) -> Result<Mail, SendError> {
    let receivers = message.to.as_ref().map_or(smtp.to.as_slice(), std::slice::from_ref);
    // One line: a subject that breaks it could add headers of its own.
    let subject: String =
        message.title.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_SUBJECT).collect();
    let mut mail = Mail::builder()
        .from(mailbox(&smtp.from)?)
        .subject(subject)
        // The same for every try, so that a mail which came twice is shown once.
        .message_id(Some(format!("<{}@moziplus.localhost>", message.id)))
        .header(ContentType::TEXT_PLAIN);
    for to in receivers {
        mail = mail.to(mailbox(to)?);
    }
    mail.body(message.text.clone()).map_err(|error| SendError::lasting(format!("the mail cannot be written: {error}")))
}

fn mailbox(address: &str) -> Result<Mailbox, SendError> {
    address.parse().map_err(|error| SendError::lasting(format!("`{address}` is no mail address: {error}")))
}

fn transport(smtp: &Smtp, password: Option<String>) -> Result<SmtpTransport, SendError> {
    let parameters = || {
        let made = TlsParameters::new(smtp.host.clone());
        made.map_err(|error| SendError::lasting(format!("TLS cannot be used with {}: {error}", smtp.host)))
    };
    let tls = match smtp.tls {
        MailTls::None => Tls::None,
        MailTls::Starttls => Tls::Required(parameters()?),
        MailTls::Tls => Tls::Wrapper(parameters()?),
    };
    let mut builder = SmtpTransport::builder_dangerous(&smtp.host).port(smtp.port).tls(tls).timeout(Some(PATIENCE));
    if let (Some(user), Some(password)) = (&smtp.user, password) {
        builder = builder.credentials(Credentials::new(user.clone(), password));
    }
    Ok(builder.build())
}
