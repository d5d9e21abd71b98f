//! Receivers of notifications: an HTTP server and a mail server that keep what they are told.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What was posted.
#[derive(Debug, Clone)]
pub struct Post {
    /// Path and query.
    pub target: String,
    /// Headers by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

/// An HTTP server that answers as it was told to, and keeps what it got.
pub struct Receiver {
    /// Its address, such as `http://127.0.0.1:4711`.
    pub url: String,
    posts: Arc<Mutex<Vec<Post>>>,
}

impl Receiver {
    /// Answers with these statuses in turn, and with 200 from then on.
    pub fn answering(statuses: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let posts: Arc<Mutex<Vec<Post>>> = Arc::default();
        let (kept, told) = (posts.clone(), Arc::new(Mutex::new(statuses.to_vec())));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, told) = (kept.clone(), told.clone());
                thread::spawn(move || answer(stream, &kept, &told));
            }
        });
        Self { url, posts }
    }

    /// Everything so far.
    pub fn posts(&self) -> Vec<Post> {
        self.posts.lock().unwrap().clone()
    }
}

fn answer(stream: TcpStream, posts: &Mutex<Vec<Post>>, answers: &Mutex<Vec<u16>>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let target = line.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let status = {
        let mut answers = answers.lock().unwrap();
        if answers.is_empty() { 200 } else { answers.remove(0) }
    };
    posts.lock().unwrap().push(Post { target, headers, body: String::from_utf8_lossy(&body).into_owned() });
    let mut stream = stream;
    let head = format!("HTTP/1.1 {status} X\r\nlocation: http://127.0.0.1:9/\r\nconnection: close\r\n");
    write!(stream, "{head}content-length: 2\r\n\r\nok").ok()
}

/// A mail server that takes everything.
pub struct MailSink {
    /// Its port on this machine.
    pub port: u16,
    mails: Arc<Mutex<Vec<String>>>,
}

impl MailSink {
    /// Begins to listen.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = mails.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                thread::spawn(move || take_mail(stream, &kept));
            }
        });
        Self { port, mails }
    }

    /// Envelope, headers and text of everything so far.
    pub fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

fn take_mail(stream: TcpStream, mails: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    let (mut mail, mut in_data) = (String::new(), false);
    write!(stream, "220 sink\r\n").ok()?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return Some(());
        }
        let verb = line.split([' ', '\r']).next().unwrap_or_default().to_ascii_uppercase();
        match (in_data, verb.as_str()) {
            (true, ".") => {
                in_data = false;
                mails.lock().unwrap().push(std::mem::take(&mut mail));
                write!(stream, "250 kept\r\n").ok()?;
            }
            (true, _) => mail.push_str(&line),
            (false, "DATA") => {
                in_data = true;
                write!(stream, "354 go on\r\n").ok()?;
            }
            (false, "QUIT") => {
                write!(stream, "221 bye\r\n").ok()?;
                return Some(());
            }
            (false, "EHLO") => write!(stream, "250 sink\r\n").ok()?,
            (false, _) => {
                mail.push_str(&line);
                write!(stream, "250 ok\r\n").ok()?;
            }
        }
    }
}
