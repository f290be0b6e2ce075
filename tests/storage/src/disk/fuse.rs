//! The kernel's requests, put to the state. The kernel keeps no writes back (no FUSE_WRITEBACK_CACHE): each one arrives
//! before the program goes on. Only files that are mapped, as SQLite's `-shm` is, come when the kernel likes.

use std::{
    ffi::OsStr,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, SystemTime},
};

use fuser::{
    BsdFileFlags, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo,
    LockOwner, OpenAccMode, OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData,
    ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyOpen, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

use super::{
    content::{PAGE, SECTOR},
    fault,
    state::{Errno, ROOT, State},
};

/// Nobody but the kernel changes anything, so it may believe what it knows.
const FOREVER: Duration = Duration::from_hours(1);

pub(super) struct Lossy {
    state: Arc<Mutex<State>>,
}

impl Lossy {
    pub(super) fn new(state: Arc<Mutex<State>>) -> Self {
        Self { state }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no request has panicked")
    }
}

impl State {
    fn attributes(&self, number: u64, request: &Request) -> Result<FileAttr, Errno> {
        let file = match number {
            ROOT => None,
            number => Some(self.files.get(&number).ok_or(Errno::ENOENT)?),
        };
        let size = file.map_or(0, |file| file.content().length());
        let time = SystemTime::UNIX_EPOCH;
        Ok(FileAttr {
            ino: INodeNo(number),
            size,
            blocks: size.div_ceil(SECTOR),
            atime: time,
            mtime: time,
            ctime: time,
            crtime: time,
            kind: file.map_or(FileType::Directory, |_| FileType::RegularFile),
            perm: file.map_or(0o700, |file| file.mode),
            nlink: 1,
            uid: request.uid(),
            gid: request.gid(),
            rdev: 0,
            blksize: u32::try_from(PAGE).expect("it is small"),
            flags: 0,
        })
    }
}

fn text(name: &OsStr) -> Result<&str, Errno> {
    name.to_str().ok_or(Errno::EINVAL)
}

fn end(outcome: Result<(), Errno>, reply: ReplyEmpty) {
    match outcome {
        Ok(()) => reply.ok(),
        Err(error) => reply.error(error),
    }
}

impl Filesystem for Lossy {
    fn lookup(&self, request: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let state = self.lock();
        let number = text(name).and_then(|name| state.names.get(name).ok_or(Errno::ENOENT));
        match number.and_then(|number| state.attributes(*number, request)) {
            Ok(attributes) => reply.entry(&FOREVER, &attributes, Generation(0)),
            Err(error) => reply.error(error),
        }
    }

    fn getattr(&self, request: &Request, number: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.lock().attributes(number.0, request) {
            Ok(attributes) => reply.attr(&FOREVER, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn setattr(
        &self,
        request: &Request,
        number: INodeNo,
        mode: Option<u32>,
        _uid: Option<u32>,
        _gid: Option<u32>,
        size: Option<u64>,
        _atime: Option<TimeOrNow>,
        _mtime: Option<TimeOrNow>,
        _ctime: Option<SystemTime>,
        _: Option<FileHandle>,
        _crtime: Option<SystemTime>,
        _chgtime: Option<SystemTime>,
        _bkuptime: Option<SystemTime>,
        _flags: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut state = self.lock();
        let set = || {
            if let Some(length) = size {
                state.resize(number.0, length)?;
            }
            if let (Some(mode), Some(file)) = (mode, state.files.get_mut(&number.0)) {
                file.mode = permissions(mode);
            }
            state.attributes(number.0, request)
        };
        match { set }() {
            Ok(attributes) => reply.attr(&FOREVER, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn create(
        &self,
        request: &Request,
        _: INodeNo,
        name: &OsStr,
        mode: u32,
        umask: u32,
        _flags: i32,
        reply: ReplyCreate,
    ) {
        let mut state = self.lock();
        let mode = permissions(mode & !umask);
        let number = text(name).and_then(|name| state.create(name, mode));
        match number.and_then(|number| state.attributes(number, request)) {
            Ok(attributes) => reply.created(
                &FOREVER,
                &attributes,
                Generation(0),
                FileHandle(0),
                FopenFlags::empty(),
            ),
            Err(error) => reply.error(error),
        }
    }

    fn open(&self, _: &Request, _: INodeNo, flags: OpenFlags, reply: ReplyOpen) {
        let outcome = match flags.acc_mode() {
            OpenAccMode::O_RDONLY => Ok(()),
            _ => self.lock().faults.check(fault::Request::Change),
        };
        match outcome {
            Ok(()) => reply.opened(FileHandle(0), FopenFlags::empty()),
            Err(error) => reply.error(error),
        }
    }

    fn read(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        match self.lock().files.get(&number.0) {
            Some(file) => reply.data(&file.content().read(offset, size as usize)),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn write(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        flags: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        // Of a mapped file, by the kernel: nobody is there to be told.
        let is_mapped = flags.contains(WriteFlags::FUSE_WRITE_CACHE);
        let mut state = self.lock();
        let outcome = if is_mapped {
            state.write_mapped(number.0, offset, data)
        } else {
            state.write(number.0, offset, data)
        };
        match outcome {
            Ok(written) => reply.written(written),
            Err(error) => reply.error(error),
        }
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, number: INodeNo, _: FileHandle, _data: bool, reply: ReplyEmpty) {
        end(self.lock().sync(number.0), reply);
    }

    fn fsyncdir(&self, _: &Request, _: INodeNo, _: FileHandle, _data: bool, reply: ReplyEmpty) {
        self.lock().sync_names();
        reply.ok();
    }

    fn unlink(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        let mut state = self.lock();
        end(text(name).and_then(|name| state.unlink(name)), reply);
    }

    fn rename(
        &self,
        _: &Request,
        _: INodeNo,
        name: &OsStr,
        _: INodeNo,
        new_name: &OsStr,
        flags: RenameFlags,
        reply: ReplyEmpty,
    ) {
        let replace = !flags.contains(RenameFlags::RENAME_NOREPLACE);
        let mut state = self.lock();
        let names = text(name).and_then(|from| Ok((from, text(new_name)?)));
        end(
            names.and_then(|(from, to)| state.rename(from, to, replace)),
            reply,
        );
    }

    fn readdir(
        &self,
        _: &Request,
        _: INodeNo,
        _: FileHandle,
        offset: u64,
        mut reply: ReplyDirectory,
    ) {
        let state = self.lock();
        let names = (1..).zip(&state.names);
        for (place, (name, number)) in names.filter(|(place, _)| *place > offset) {
            if reply.add(INodeNo(*number), place, FileType::RegularFile, name) {
                break;
            }
        }
        reply.ok();
    }
}

fn permissions(mode: u32) -> u16 {
    u16::try_from(mode & 0o7777).expect("twelve bits")
}
